package io.trefoil.core.map;

import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.map.MapWrite.GenesisVote;

/// What a node has promised and accepted about maps, as it is on disk.
///
/// @param genesis as a seed, about the first map
/// @param council as a council member, about the map after the one in force
public record Votes(GenesisVote genesis, CouncilVote council) {

  /// Nothing promised yet.
  public static final Votes NONE = new Votes(GenesisVote.NONE, CouncilVote.NONE);
}
