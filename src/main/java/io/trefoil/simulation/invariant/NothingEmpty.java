package io.trefoil.simulation.invariant;

import io.trefoil.core.model.Register;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.VirtualClock;
import io.trefoil.simulation.world.World;
import java.util.stream.IntStream;

/// At rest a key without a value takes no room in the end: neither its tombstone stays nor what was
/// promised for it. What comes of a clock that was ahead may stay until its time has come.
final class NothingEmpty {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final AtRest cluster;
  private final long wallMillis;

  private NothingEmpty(World world) {
    cluster = AtRest.of(world);
    wallMillis = VirtualClock.EPOCH_MILLIS + world.nanos() / NANOS_PER_MILLI;
  }

  static boolean holds(World world) {
    var rule = new NothingEmpty(world);
    return rule.cluster.hosts().stream().allMatch(rule::holds);
  }

  private boolean holds(Host host) {
    return IntStream.range(0, cluster.map().replicaSets().size())
        .mapToObj(partition -> host.disk().latest(partition).values())
        .allMatch(registers -> registers.stream().noneMatch(this::isDue));
  }

  private boolean isDue(Register register) {
    boolean isEmpty = register.record().filter(record -> record.value().isPresent()).isEmpty();
    long millis = Math.max(register.accepted().at().millis(), register.promised().at().millis());
    return isEmpty && millis <= wallMillis;
  }
}
