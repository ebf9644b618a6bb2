package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Who the members are and which nodes vote for which partition: the one thing all nodes agree on.
///
/// @param clusterId 64-bit random number drawn with the first map
/// @param epoch 1 for the first map, one more for each later
/// @param partitions the cut of the ring
/// @param replication how many copies each key should have
/// @param tokens ring tokens per unit of weight
/// @param members in order of node id, in whatever order they are given
/// @param council the members that decide the next map, at most five
/// @param replicaSets one for each partition, by its number
/// @param forced the epoch of the last map that an operator made up for want of a council; 0 for
///   never
public record ClusterMap(
    long clusterId,
    long epoch,
    Partitions partitions,
    int replication,
    int tokens,
    List<MapMember> members,
    List<NodeId> council,
    List<ReplicaSet> replicaSets,
    long forced) {

  /// Copies of each key unless an operator chose otherwise.
  public static final int DEFAULT_REPLICATION = 3;

  /// Ring tokens of a server of weight 1.
  public static final int DEFAULT_TOKENS = 1_024;

  /// Puts the members in order, so that they are found by halving.
  public ClusterMap {
    members = members.stream().sorted(Comparator.comparing(MapMember::id)).toList();
    council = List.copyOf(council);
    replicaSets = List.copyOf(replicaSets);
  }

  /// A map whose council was never forced.
  public ClusterMap(
      long clusterId,
      long epoch,
      Partitions partitions,
      int replication,
      int tokens,
      List<MapMember> members,
      List<NodeId> council,
      List<ReplicaSet> replicaSets) {
    this(clusterId, epoch, partitions, replication, tokens, members, council, replicaSets, 0);
  }

  /// Whether the parts fit: one replica set for each partition, ids once each, a council, and
  /// nobody on it or in a replica set who is no member. A map from elsewhere is asked this once.
  public boolean isSound() {
    return epoch >= 1
        && !members.isEmpty()
        && members.stream().map(MapMember::id).distinct().count() == members.size()
        && !council.isEmpty()
        && council.stream().allMatch(this::contains)
        && replicaSets.size() == partitions.count()
        && replicaSets.stream().allMatch(this::isSound);
  }

  private boolean isSound(ReplicaSet set) {
    return !set.old().isEmpty()
        && !set.target().isEmpty()
        && set.all().stream().allMatch(this::contains);
  }

  /// The member with that id. Cheap enough for every request: members are found by halving.
  public Optional<MapMember> member(NodeId id) {
    int low = 0;
    int high = members.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = members.get(middle).id().compareTo(id);
      if (order == 0) {
        return Optional.of(members.get(middle));
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return Optional.empty();
  }

  /// Whether a node is a member. One that is not holds no copies; it only coordinates.
  public boolean contains(NodeId id) {
    return member(id).isPresent();
  }

  /// The voters of a partition.
  public ReplicaSet replicaSet(int partition) {
    return replicaSets.get(partition);
  }

  /// The map that follows, of the same cluster and cut.
  public ClusterMap next(List<MapMember> who, List<NodeId> deciders, List<ReplicaSet> sets) {
    return new ClusterMap(
        clusterId, epoch + 1, partitions, replication, tokens, who, deciders, sets, forced);
  }

  /// The map that a delta leads to from this one.
  ClusterMap advanced(MapDelta delta) {
    var sets = new ArrayList<>(replicaSets);
    delta.changed().forEach(sets::set);
    return new ClusterMap(
        clusterId,
        delta.epoch(),
        partitions,
        replication,
        tokens,
        delta.members(),
        delta.council(),
        sets,
        delta.forced());
  }

  /// The same with another council, at a higher epoch that no council has decided.
  ClusterMap forced(long later, List<NodeId> deciders) {
    return new ClusterMap(
        clusterId, later, partitions, replication, tokens, members, deciders, replicaSets, later);
  }

  /// The map in a few words; thousands of replica sets help nobody in a log line.
  @Override
  public String toString() {
    return "map %016x epoch %d of %d members".formatted(clusterId, epoch, members.size());
  }
}
