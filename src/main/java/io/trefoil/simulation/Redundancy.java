package io.trefoil.simulation;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Node;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.World;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Whether a disk may be lost without anything being lost: after one was, not before the nodes say
/// that the cluster is stable again. That is what they say it for. Nor the disk of one that is
/// alone: the only one on the council, without which nobody could decide a map any more, or the
/// only old voter of a partition, which went on as the survivor of others.
///
/// A disk that lost parts of what it holds is the last one: nobody knows when that will be found
/// out.
///
/// A map that leaves somebody alone may be under way while its disk is lost. Nobody can tell then:
/// that partition is lost, or all change of the map until an operator forces a council, and the run
/// with it.
final class Redundancy {

  private final World world;
  private final Map<NodeId, Long> lost = new TreeMap<>();
  private boolean spare;
  private boolean decayed;

  Redundancy(World world) {
    this.world = world;
  }

  /// Looks again whether all is whole.
  void look() {
    spare = spare || isWhole(world) && mapOf(running().getFirst()).members().size() >= 3;
  }

  /// Whether a fault may happen. One that loses a disk takes the spare with it.
  boolean permits(Fault fault) {
    return switch (fault) {
      case Fault.Wipe(int host) -> permitsLoss(host);
      case Fault.Decay(int host) -> {
        boolean permitted = permitsLoss(host);
        decayed |= permitted;
        yield permitted;
      }
      case Fault _ -> true;
    };
  }

  private boolean permitsLoss(int host) {
    Host unlucky = world.host(host);
    Optional<ClusterMap> newest = newest(Stream.concat(Stream.of(unlucky), running().stream()));
    boolean isAlone = newest.filter(map -> isAlone(unlucky.id(), map)).isPresent();
    boolean permitted = spare && !decayed && !isAlone;
    if (permitted) {
      lost.put(unlucky.id(), newest.map(ClusterMap::epoch).orElse(0L));
    }
    spare &= !permitted;
    return permitted;
  }

  /// Whether more was lost than the cluster itself can make good.
  boolean isBeyondHelp() {
    return partitionsLost() > 0 || isCouncilLost();
  }

  /// How many partitions went on, by the very next map after, with none but nodes whose disks were
  /// lost.
  int partitionsLost() {
    return newest(running().stream())
        .map(map -> (int) map.replicaSets().stream().filter(this::isLost).count())
        .orElse(0);
  }

  /// Whether the very next map after left the council to nobody but nodes whose disks were lost.
  boolean isCouncilLost() {
    return newest(running().stream())
        .filter(map -> map.council().stream().allMatch(node -> isLostBefore(node, map.epoch())))
        .isPresent();
  }

  private boolean isLost(ReplicaSet set) {
    return set.old().stream().allMatch(node -> isLostBefore(node, set.forced()));
  }

  private boolean isLostBefore(NodeId node, long epoch) {
    return lost.containsKey(node) && lost.get(node) + 1 == epoch;
  }

  private static Optional<ClusterMap> newest(Stream<Host> hosts) {
    return hosts
        .map(each -> each.disk().map())
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(ClusterMap::epoch));
  }

  private boolean isAlone(NodeId node, ClusterMap map) {
    List<NodeId> others = running().stream().map(Host::id).filter(id -> !id.equals(node)).toList();
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

  private List<Host> running() {
    return running(world);
  }

  private static List<Host> running(World world) {
    return world.hosts().stream().filter(host -> host.status() == Status.UP).toList();
  }
}
