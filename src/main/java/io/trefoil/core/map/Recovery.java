package io.trefoil.core.map;

import io.trefoil.core.machine.Command;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The operator's way out when a council has lost its majority for good: whether it may be taken,
/// and who decides afterwards. Pure.
///
/// It is the one change that nobody else is asked about, so it is refused while there may be
/// somebody to ask: while a majority of the council answers, or did so a moment ago; and unless the
/// operator names just those members that are lost, no more and no fewer.
///
/// Lost is who is held dead, and who has not answered for [Command.ForceCouncil#SILENCE]: a node
/// that loses most of its peers at once holds itself isolated and calls none of them dead.
final class Recovery {

  private final ClusterMap map;
  private final NodeId self;

  /// The members of the council that are lost, in its order.
  private final List<NodeId> lost = new ArrayList<>();

  /// @param map in force
  /// @param seen what this node sees of the others
  /// @param self this node
  Recovery(ClusterMap map, List<Sighting> seen, NodeId self) {
    this.map = map;
    this.self = self;
    lost.addAll(map.council());
    lost.remove(self);
    seen.stream().filter(Recovery::mayAnswer).forEach(s -> lost.remove(s.member().id()));
  }

  private static boolean mayAnswer(Sighting seen) {
    return switch (seen.presence()) {
      case THERE -> true;
      case AWAY -> seen.forNanos() < Command.ForceCouncil.SILENCE.toNanos();
      case DEAD, GONE -> false;
    };
  }

  /// Why the council must not be forced, a sentence; empty if it may be.
  ///
  /// @param givenUp the members that the operator says will never be back
  Optional<String> refusal(List<NodeId> givenUp) {
    if (!map.contains(self)) {
      return Optional.of("this node is no member of the map: ask another");
    }
    if ((map.council().size() - lost.size()) * 2 > map.council().size()) {
      return Optional.of(
          "of the council of %d only %d are lost: it decides by itself"
              .formatted(map.council().size(), lost.size()));
    }
    return new TreeSet<>(givenUp).equals(new TreeSet<>(lost))
        ? Optional.empty()
        : Optional.of("the members of the council that are lost are " + names() + ", no others");
  }

  /// Who decides from now on: those left of the council, or else this node.
  List<NodeId> survivors() {
    var left = map.council().stream().filter(node -> !lost.contains(node)).toList();
    return left.isEmpty() ? List.of(self) : left;
  }

  private String names() {
    return String.join(
        ", ", lost.stream().flatMap(n -> map.member(n).stream()).map(MapMember::name).toList());
  }
}
