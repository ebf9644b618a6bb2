package io.trefoil.simulation;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Node;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.World;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a disk may be lost without anything being lost: after one was, not before the nodes say
/// that the cluster is stable again. That is what they say it for. Nor the disk of one that is
/// alone: the only one on the council, without which nobody could decide a map any more, or the
/// only old voter of a partition, which went on as the survivor of others.
final class Redundancy {

  private final World world;
  private boolean spare;

  Redundancy(World world) {
    this.world = world;
  }

  /// Looks again whether all is whole.
  void look() {
    spare = spare || isWhole(world) && mapOf(running(world).getFirst()).members().size() >= 3;
  }

  /// Whether a fault may happen. One that loses a disk takes the spare with it.
  boolean permits(Fault fault) {
    return switch (fault) {
      case Fault.Wipe(int host) -> permitsLoss(host);
      case Fault.Decay(int host) -> permitsLoss(host);
      case Fault _ -> true;
    };
  }

  private boolean permitsLoss(int host) {
    boolean permitted = spare && !isAlone(world.host(host));
    spare &= !permitted;
    return permitted;
  }

  private boolean isAlone(Host host) {
    return Stream.concat(Stream.of(host), running(world).stream())
        .map(each -> each.disk().map())
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(ClusterMap::epoch))
        .filter(map -> isAlone(host.id(), map))
        .isPresent();
  }

  private boolean isAlone(NodeId node, ClusterMap map) {
    List<NodeId> others =
        running(world).stream().map(Host::id).filter(id -> !id.equals(node)).toList();
    return map.council().equals(List.of(node))
        || map.replicaSets().stream()
            .anyMatch(set -> set.old().contains(node) && Collections.disjoint(set.old(), others));
  }

  /// Whether all nodes that run go by one map of exactly these nodes, and say that it is stable.
  static boolean isWhole(World world) {
    List<Host> running = running(world);
    if (running.isEmpty() || node(running.getFirst()).flatMap(Node::map).isEmpty()) {
      return false;
    }
    ClusterMap map = mapOf(running.getFirst());
    return map.members().stream()
            .map(MapMember::id)
            .toList()
            .equals(running.stream().map(Host::id).sorted().toList())
        && running.stream().allMatch(host -> saysStable(host, map.epoch()));
  }

  private static boolean saysStable(Host host, long epoch) {
    return node(host)
        .map(Node::maps)
        .filter(maps -> maps.epoch() == epoch && maps.summary().isStableIn(epoch))
        .isPresent();
  }

  private static ClusterMap mapOf(Host host) {
    return node(host).flatMap(Node::map).orElseThrow();
  }

  private static Optional<Node> node(Host host) {
    return host.machine().map(machine -> (Node) machine);
  }

  private static List<Host> running(World world) {
    return world.hosts().stream().filter(host -> host.status() == Status.UP).toList();
  }
}
