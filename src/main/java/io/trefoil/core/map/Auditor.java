package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.util.List;

/// How whole the cluster is, made out from the map, the reports and who is there. Pure. While
/// copies are made it looks through all partitions twice a second, so it walks plain lists.
final class Auditor {

  private final ClusterMap map;
  private final Roll roll;
  private final Reports reports;
  private final List<List<NodeId>> targets;

  /// @param targets where the ring puts every partition
  Auditor(ClusterMap map, Roll roll, Reports reports, List<List<NodeId>> targets) {
    this.map = map;
    this.roll = roll;
    this.reports = reports;
    this.targets = targets;
  }

  /// The whole cluster in a few numbers.
  Summary summary() {
    var surplus = reports.surplus();
    int whole = 0;
    int moving = 0;
    int underReplicated = 0;
    int unavailable = 0;
    int forced = 0;
    for (int partition = 0; partition < map.replicaSets().size(); partition++) {
      var set = map.replicaSet(partition);
      boolean hasQuorum = hasQuorum(partition, set);
      whole += isWhole(partition, set) && !surplus.get(partition) ? 1 : 0;
      moving += set.isStable() ? 0 : 1;
      underReplicated += hasQuorum && !isReplicated(partition, set) ? 1 : 0;
      unavailable += hasQuorum ? 0 : 1;
      forced += set.forced() > 0 ? 1 : 0;
    }
    return new Summary(
        map.epoch(), map.replicaSets().size(), whole, moving, underReplicated, unavailable, forced);
  }

  /// The copies that a node need not keep: it does not vote for them, and all who do are complete.
  List<Integer> droppable(NodeId node) {
    return reports.of(node).map(Progress::surplus).orElse(List.of()).stream()
        .filter(partition -> partition < map.replicaSets().size())
        .filter(partition -> isDroppable(node, partition, map.replicaSet(partition)))
        .toList();
  }

  private boolean isDroppable(NodeId node, int partition, ReplicaSet set) {
    return set.isStable()
        && !set.contains(node)
        && set.old().stream().allMatch(n -> reports.isComplete(n, partition, set.epoch()));
  }

  private boolean isWhole(int partition, ReplicaSet set) {
    if (!set.isStable() || !Targets.areSame(set.old(), targets.get(partition))) {
      return false;
    }
    for (NodeId node : set.old()) {
      if (!roll.isThere(node) || !reports.isSettled(node, partition, set.epoch())) {
        return false;
      }
    }
    return true;
  }

  private boolean isReplicated(int partition, ReplicaSet set) {
    for (NodeId node : set.all()) {
      if (!roll.isThere(node) || !reports.isComplete(node, partition, set.epoch())) {
        return false;
      }
    }
    return true;
  }

  private boolean hasQuorum(int partition, ReplicaSet set) {
    return isQuorum(partition, set.epoch(), set.old())
        && (set.isStable() || isQuorum(partition, set.epoch(), set.target()));
  }

  /// Whether most of them vote: one whose copy is damaged does not.
  private boolean isQuorum(int partition, long epoch, List<NodeId> voters) {
    int voting = 0;
    for (NodeId node : voters) {
      voting += roll.isThere(node) && !reports.isDamaged(node, partition, epoch) ? 1 : 0;
    }
    return voting * 2 > voters.size();
  }
}
