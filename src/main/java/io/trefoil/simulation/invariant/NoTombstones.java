package io.trefoil.simulation.invariant;

import io.trefoil.core.model.Register;
import io.trefoil.simulation.world.Host;
import java.util.stream.IntStream;

/// At rest tombstones do not stay: a deleted key takes no room in the end.
final class NoTombstones {

  private NoTombstones() {}

  static boolean holds(AtRest cluster) {
    return cluster.hosts().stream().allMatch(host -> holds(host, cluster));
  }

  private static boolean holds(Host host, AtRest cluster) {
    return IntStream.range(0, cluster.map().replicaSets().size())
        .mapToObj(partition -> host.disk().latest(partition).values())
        .allMatch(registers -> registers.stream().noneMatch(NoTombstones::isTombstone));
  }

  private static boolean isTombstone(Register register) {
    return register.record().filter(record -> record.value().isEmpty()).isPresent();
  }
}
