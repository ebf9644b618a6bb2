package io.trefoil.simulation.invariant;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Node;
import io.trefoil.core.ring.Ring;
import io.trefoil.core.ring.Server;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.World;
import java.util.List;
import java.util.Optional;

/// A cluster in which nothing goes on any more: what its nodes hold against what they should.
///
/// @param hosts those that run, each the product's node
/// @param map the one that the first of them goes by
record AtRest(List<Host> hosts, ClusterMap map) {

  /// Looks at a world in which a cluster runs that has a map.
  static AtRest of(World world) {
    var running = world.hosts().stream().filter(host -> host.status() == Status.UP).toList();
    return new AtRest(running, mapOf(running.getFirst()).orElseThrow());
  }

  /// The map that a node goes by.
  static Optional<ClusterMap> mapOf(Host host) {
    return ((Node) host.machine().orElseThrow()).map();
  }

  /// The host of a node that runs.
  Optional<Host> host(NodeId node) {
    return hosts.stream().filter(host -> host.id().equals(node)).findFirst();
  }

  /// Where the ring puts every partition, by its number.
  List<List<NodeId>> targets() {
    var servers =
        map.members().stream()
            .filter(member -> member.standing() == Standing.ACTIVE)
            .map(AtRest::server)
            .toList();
    return new Ring(servers, map.partitions(), map.tokens()).replicas(map.replication());
  }

  private static Server server(MapMember member) {
    return new Server(member.id(), member.zone(), member.weight());
  }
}
