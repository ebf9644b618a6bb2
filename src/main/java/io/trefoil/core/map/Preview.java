package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Ring;
import io.trefoil.core.ring.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What a change of members would move, made out from the map alone.
///
/// @param partitions how many partitions would get another voter
/// @param copies how many copies would be made
/// @param total how many copies there are to be, partitions times copies of each
/// @param peakToMean the most that a member would keep, against the mean
/// @param shares how many partitions each member would keep, in order of node id
public record Preview(
    int partitions, int copies, int total, double peakToMean, List<Share> shares) {

  /// What one member keeps.
  ///
  /// @param before how many partitions the ring gives it now
  /// @param after how many it would give it then
  public record Share(MapMember member, int before, int after) {}

  /// If a node joined.
  public static Preview join(ClusterMap map, MapMember joiner) {
    var members = new ArrayList<>(active(map.members()));
    members.add(joiner.with(Standing.ACTIVE));
    return of(map, members);
  }

  /// If a member left.
  public static Preview leave(ClusterMap map, NodeId leaver) {
    return of(map, active(map.members()).stream().filter(m -> !m.id().equals(leaver)).toList());
  }

  private static Preview of(ClusterMap map, List<MapMember> then) {
    var now = active(map.members());
    var before = sets(map, now);
    var after = sets(map, then);
    int partitions = 0;
    int copies = 0;
    for (int partition = 0; partition < after.size(); partition++) {
      var kept = before.get(partition);
      long made = after.get(partition).stream().filter(node -> !kept.contains(node)).count();
      partitions += made > 0 ? 1 : 0;
      copies += (int) made;
    }
    var shares = shares(now, then, before, after);
    int total = after.stream().mapToInt(List::size).sum();
    int peak = shares.stream().mapToInt(Share::after).max().orElse(0);
    double mean = total / (double) Math.max(1, then.size());
    return new Preview(partitions, copies, total, total == 0 ? 0 : peak / mean, shares);
  }

  private static List<Share> shares(
      List<MapMember> now,
      List<MapMember> then,
      List<List<NodeId>> before,
      List<List<NodeId>> after) {
    var members = new TreeMap<NodeId, MapMember>();
    now.forEach(member -> members.put(member.id(), member));
    then.forEach(member -> members.put(member.id(), member));
    var kept = counts(before);
    var keeps = counts(after);
    return members.values().stream()
        .map(m -> new Share(m, kept.getOrDefault(m.id(), 0), keeps.getOrDefault(m.id(), 0)))
        .toList();
  }

  private static TreeMap<NodeId, Integer> counts(List<List<NodeId>> sets) {
    var counts = new TreeMap<NodeId, Integer>();
    sets.forEach(set -> set.forEach(node -> counts.merge(node, 1, Integer::sum)));
    return counts;
  }

  private static List<MapMember> active(List<MapMember> members) {
    return members.stream().filter(m -> m.standing() == Standing.ACTIVE).toList();
  }

  private static List<List<NodeId>> sets(ClusterMap map, List<MapMember> members) {
    var servers = members.stream().map(m -> new Server(m.id(), m.zone(), m.weight())).toList();
    return new Ring(servers, map.partitions(), map.tokens()).replicas(map.replication());
  }
}
