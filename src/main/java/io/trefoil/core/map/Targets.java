package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Ring;
import io.trefoil.core.ring.Server;
import java.util.ArrayList;
import java.util.List;

/// Where the ring puts every partition: a pure function of the active members, remembered for those
/// asked for last, because it takes some milliseconds.
final class Targets {

  private List<Server> servers = List.of();
  private int tokens;
  private int copies;
  private List<List<NodeId>> sets = List.of();

  /// The target of every partition, by its number; empty lists without an active member.
  ///
  /// @param shape its cut, tokens and replication count, not its members
  List<List<NodeId>> of(ClusterMap shape, List<MapMember> members) {
    var active =
        members.stream()
            .filter(member -> member.standing() == Standing.ACTIVE)
            .map(member -> new Server(member.id(), member.zone(), member.weight()))
            .toList();
    if (!active.equals(servers)
        || shape.tokens() != tokens
        || shape.replication() != copies
        || shape.partitions().count() != sets.size()) {
      sets = new Ring(active, shape.partitions(), shape.tokens()).replicas(shape.replication());
      servers = active;
      tokens = shape.tokens();
      copies = shape.replication();
    }
    return sets;
  }

  /// Whether two lists name the same nodes. A set in another order needs no move.
  static boolean areSame(List<NodeId> some, List<NodeId> others) {
    return some.size() == others.size() && others.containsAll(some);
  }

  /// The target of a set that may not shrink: where too few are active, those of its voters that
  /// are left over keep their vote.
  ///
  /// @param wanted by the ring
  /// @param keep the voters to fill up with, the best first
  static List<NodeId> filled(List<NodeId> wanted, List<NodeId> keep, int size) {
    if (wanted.size() >= size) {
      return wanted;
    }
    var filled = new ArrayList<>(wanted);
    keep.stream()
        .filter(node -> !wanted.contains(node))
        .limit(size - wanted.size())
        .forEach(filled::add);
    return filled;
  }
}
