package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What would be missing if only some of the members stayed: partitions without a quorum of
/// complete copies, old voters and target each, and the council's majority. Pure.
final class StopCheck {

  private final ClusterMap map;
  private final Reports reports;
  private final TreeSet<NodeId> staying;

  /// Who stays, and has yet to complete a copy that is needed.
  private final TreeSet<NodeId> incomplete = new TreeSet<>();

  /// Who is needed and does not stay.
  private final TreeSet<NodeId> away = new TreeSet<>();

  /// @param staying the members that would go on
  StopCheck(ClusterMap map, Reports reports, TreeSet<NodeId> staying) {
    this.map = map;
    this.reports = reports;
    this.staying = staying;
  }

  /// What would be missing, a sentence that names the members whose copies are; empty if nothing.
  ///
  /// @param leaver the member to be stopped, which is not named
  Optional<String> missing(NodeId leaver) {
    int partitions = 0;
    for (int partition = 0; partition < map.replicaSets().size(); partition++) {
      var set = map.replicaSet(partition);
      boolean served =
          hasQuorum(set.old(), partition, set) && hasQuorum(set.target(), partition, set);
      partitions += served ? 0 : 1;
    }
    long seats = map.council().stream().filter(staying::contains).count();
    var parts = new ArrayList<String>();
    if (partitions > 0) {
      parts.add(partitions + " partitions would be left without a quorum of complete copies");
    }
    if (seats * 2 <= map.council().size()) {
      parts.add("the council would be left without a majority");
      map.council().stream().filter(n -> !staying.contains(n)).forEach(away::add);
    }
    away.remove(leaver);
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts) + who());
  }

  private boolean hasQuorum(List<NodeId> voters, int partition, ReplicaSet set) {
    int complete = 0;
    for (var voter : voters) {
      complete +=
          staying.contains(voter) && reports.isComplete(voter, partition, set.epoch()) ? 1 : 0;
    }
    boolean quorum = complete * 2 > voters.size();
    if (!quorum) {
      voters.forEach(voter -> blame(voter, partition, set));
    }
    return quorum;
  }

  private void blame(NodeId voter, int partition, ReplicaSet set) {
    if (!staying.contains(voter)) {
      away.add(voter);
    } else if (!reports.isComplete(voter, partition, set.epoch())) {
      incomplete.add(voter);
    }
  }

  private String who() {
    var names = new ArrayList<String>();
    away.forEach(node -> names.add(name(node) + " is away"));
    incomplete.forEach(node -> names.add(name(node) + " has copies to complete"));
    return names.isEmpty() ? "" : "; " + String.join(", ", names);
  }

  private String name(NodeId node) {
    return map.member(node).map(MapMember::name).orElse(node.toString());
  }
}
