package io.trefoil.core.node;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.Votes;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.register.PartitionCopy;
import java.util.List;
import java.util.Optional;

/// What the host found in the data directory before it made the node. Registers stay on disk and
/// are fetched one by one.
///
/// @param id drawn when the directory was first used
/// @param run this start's number, 1 for the first, persisted before the first packet is sent
/// @param votes what this node promised and accepted about maps
/// @param map the map it went by
/// @param copies the partitions of which it has a copy
/// @param damaged partitions of which something could not be read
public record Recovered(
    NodeId id,
    long run,
    Votes votes,
    Optional<ClusterMap> map,
    List<PartitionCopy> copies,
    List<Integer> damaged) {

  /// A directory used for the first time.
  public static Recovered fresh(NodeId id) {
    return new Recovered(id, 1, Votes.NONE, Optional.empty(), List.of(), List.of());
  }
}
