package io.trefoil.runtime;

import io.trefoil.core.model.NodeId;
import io.trefoil.runtime.ClusterView.Standing;
import java.util.List;
import java.util.Map;

/// Who votes for which partition, by one map: what `GET /v1/cluster/ring` tells.
///
/// @param epoch the map's; 0 while none is known, and then all else is empty
/// @param replication how many copies each key should have
/// @param members in order of node id
/// @param voters for each partition its voters in ring order, by their places in `members`
/// @param moving for each partition on its way to other voters those others, likewise
public record RingView(
    long epoch,
    int replication,
    List<Share> members,
    List<List<Integer>> voters,
    Map<Integer, List<Integer>> moving) {

  /// Without a map there is no ring.
  static final RingView NONE = new RingView(0, 0, List.of(), List.of(), Map.of());

  /// What one member has of the ring.
  ///
  /// @param id its identity
  /// @param name the operator's name for it
  /// @param zone its failure domain; empty if none was named
  /// @param weight its share relative to others
  /// @param standing what the cluster means to do with it
  /// @param primaries how many partitions it is, or will be, the first voter of
  /// @param replicas how many it votes for, or will once all has moved, those included
  /// @param share what part of all copies that is, 0 to 1
  public record Share(
      NodeId id,
      String name,
      String zone,
      int weight,
      Standing standing,
      int primaries,
      int replicas,
      double share) {}
}
