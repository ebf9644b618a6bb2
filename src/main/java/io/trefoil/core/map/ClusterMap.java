package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import java.util.List;
import java.util.Optional;

/// Who the members are and which nodes vote for which partition: the one thing all nodes agree on.
///
/// @param clusterId 64-bit random number drawn with the first map
/// @param epoch 1 for the first map, one more for each later
/// @param partitions the cut of the ring
/// @param replication how many copies each key should have
/// @param tokens ring tokens per unit of weight
/// @param members in order of node id
/// @param council the members that decide the next map, at most five
/// @param replicaSets one for each partition, by its number
public record ClusterMap(
    long clusterId,
    long epoch,
    Partitions partitions,
    int replication,
    int tokens,
    List<MapMember> members,
    List<NodeId> council,
    List<ReplicaSet> replicaSets) {

  /// Copies of each key unless an operator chose otherwise.
  public static final int DEFAULT_REPLICATION = 3;

  /// Ring tokens of a server of weight 1.
  public static final int DEFAULT_TOKENS = 1_024;

  /// The member with that id.
  public Optional<MapMember> member(NodeId id) {
    return members.stream().filter(m -> m.id().equals(id)).findFirst();
  }

  /// The voters of a partition.
  public ReplicaSet replicaSet(int partition) {
    return replicaSets.get(partition);
  }
}
