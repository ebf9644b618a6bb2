package io.trefoil.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.trefoil.core.machine.Event;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Makes every recovery loud that may have lost what was acknowledged: a council that an operator
/// forced, a partition that went on with a survivor alone. Each is told by the map, so every node
/// tells it, in its log and as `trefoil_forced_recoveries_total{kind}` (`council`, `partition`).
final class Recoveries implements Watcher {

  private static final Logger LOG = Logger.getLogger(Recoveries.class);
  private static final String NAME = "trefoil.forced.recoveries";

  private final Supplier<Optional<ClusterMap>> map;
  private final Counter councils;
  private final Counter partitions;
  private long seen;

  /// What was forced before the first map that is adopted here is no news.
  ///
  /// @param map the one in force
  Recoveries(MeterRegistry registry, Supplier<Optional<ClusterMap>> map) {
    this.map = map;
    councils = registry.counter(NAME, "kind", "council");
    partitions = registry.counter(NAME, "kind", "partition");
  }

  @Override
  public void happened(Event event) {
    if (event instanceof Event.MapAdopted) {
      map.get().ifPresent(this::adopted);
    }
  }

  private void adopted(ClusterMap now) {
    long before = seen;
    seen = now.epoch();
    if (before == 0) {
      return;
    }
    if (now.forced() > before) {
      councils.increment();
      LOG.warnf(
          "Forced recovery: an operator made cluster map %d without the council's majority; from"
              + " now on %s decide. What only the others had decided is void.",
          now.forced(), council(now));
    }
    long lost = now.replicaSets().stream().filter(set -> set.forced() > before).count();
    if (lost > 0) {
      partitions.increment(lost);
      LOG.warnf(
          "Forced recovery: by cluster map %d, %d partitions go on with what is left of their"
              + " voters. Writes that only the evicted ones had are lost.",
          now.epoch(), lost);
    }
  }

  private static String council(ClusterMap map) {
    return map.council().stream()
        .map(id -> map.member(id).map(MapMember::name).orElse(id.toString()))
        .collect(Collectors.joining(", "));
  }
}
