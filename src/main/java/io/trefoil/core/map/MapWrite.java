package io.trefoil.core.map;

import java.util.Optional;

/// What the map machine puts on disk.
public sealed interface MapWrite {

  /// A seed's vote on the first map.
  ///
  /// @param promised the highest ballot promised
  /// @param accepted the ballot of `proposal`
  record GenesisVote(MapBallot promised, MapBallot accepted, Optional<ClusterMap> proposal)
      implements MapWrite {

    /// Nothing promised yet.
    public static final GenesisVote NONE =
        new GenesisVote(MapBallot.ZERO, MapBallot.ZERO, Optional.empty());
  }

  /// A council member's vote on a later map. It replaces the one written before it, and is void
  /// once a map of its epoch is in force.
  ///
  /// @param epoch of the map to be decided
  /// @param promised the highest ballot promised
  /// @param accepted the ballot of `proposal`
  record CouncilVote(
      long epoch, MapBallot promised, MapBallot accepted, Optional<ClusterMap> proposal)
      implements MapWrite {

    /// Nothing promised yet, for any map.
    public static final CouncilVote NONE = none(0);

    /// Nothing promised yet for the map of an epoch.
    static CouncilVote none(long epoch) {
      return new CouncilVote(epoch, MapBallot.ZERO, MapBallot.ZERO, Optional.empty());
    }
  }

  /// The map this node goes by.
  record Adopted(ClusterMap map) implements MapWrite {}
}
