package io.trefoil.simulation.invariant;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.simulation.world.Host;
import java.util.Optional;

/// At rest all nodes go by one map, which names those that run and no others.
final class ViewsAgree {

  static final String RULE = "at rest all views agree";

  private ViewsAgree() {}

  static Optional<String> violation(AtRest cluster) {
    var members = cluster.map().members().stream().map(MapMember::id).toList();
    var running = cluster.hosts().stream().map(Host::id).sorted().toList();
    if (!members.equals(running)) {
      return Optional.of("members are " + members + ", running are " + running);
    }
    return cluster.hosts().stream()
        .filter(host -> !AtRest.mapOf(host).equals(Optional.of(cluster.map())))
        .findFirst()
        .map(
            host ->
                "%s goes by epoch %d, %s by %d"
                    .formatted(
                        cluster.hosts().getFirst(),
                        cluster.map().epoch(),
                        host,
                        AtRest.mapOf(host).map(ClusterMap::epoch).orElse(0L)));
  }
}
