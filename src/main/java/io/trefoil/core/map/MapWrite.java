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

  /// The map this node goes by.
  record Adopted(ClusterMap map) implements MapWrite {}
}
