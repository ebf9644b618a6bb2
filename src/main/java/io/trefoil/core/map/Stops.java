package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which members the steward has let be stopped for a while, and whether another may be.
///
/// Two operators who ask at the same time, each about one member that can be spared, must not both
/// hear yes. So a member that was let go counts as away at once, until it reports as one that has
/// started anew, or nobody stopped it for [#RESERVED]. A new steward knows nothing of it and goes
/// by who is there, as ever.
final class Stops {

  /// For how long a member may be stopped after it was said that it may.
  static final Duration RESERVED = Duration.ofSeconds(30);

  private final TreeMap<NodeId, Leave> leaves = new TreeMap<>();

  /// @param report the number of the member's last report before it
  private record Leave(long untilNanos, long report) {}

  /// Asks for a member to be stopped.
  ///
  /// @return why not now, a sentence; empty if it may be, which is remembered
  Optional<String> ask(String name, ClusterMap map, Roll roll, Reports reports, long nanos) {
    var member =
        map.members().stream()
            .filter(m -> m.name().equals(name) && m.standing() != Standing.EVICTED)
            .map(MapMember::id)
            .findFirst();
    if (member.isEmpty()) {
      return Optional.of("no member is called '" + name + "'");
    }
    var leaver = member.get();
    leaves.values().removeIf(leave -> leave.untilNanos <= nanos);
    leaves.entrySet().removeIf(let -> reports.numberOf(let.getKey()) < let.getValue().report);
    if (!isNeeded(leaver, map)) {
      return Optional.empty();
    }
    var staying = new TreeSet<NodeId>();
    map.members().stream().map(MapMember::id).filter(roll::isThere).forEach(staying::add);
    staying.removeAll(leaves.keySet());
    staying.remove(leaver);
    var missing = new StopCheck(map, reports, staying).missing(leaver);
    if (missing.isEmpty()) {
      leaves.put(leaver, new Leave(nanos + RESERVED.toNanos(), reports.numberOf(leaver)));
    }
    return missing;
  }

  private static boolean isNeeded(NodeId node, ClusterMap map) {
    return map.council().contains(node)
        || map.replicaSets().stream().anyMatch(set -> set.contains(node));
  }
}
