package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Random runs in which nodes die for longer than the eviction delay, return, lose disks, join,
/// leave and are cut off, so that the map changes many times while clients work. Afterwards the
/// cluster becomes stable within a minute, every key lies alike on the ring's nodes and nowhere
/// else, and every history is linearizable. `-Dtrefoil.seeds=1200` makes it more than 50,000
/// histories, `-Dtrefoil.seed=N` begins elsewhere.
class ChangingMapsTest {

  private static final int SEEDS = 10;
  private static final Duration DURATION = Duration.ofSeconds(60);
  private static final List<Scenario> SCENARIOS =
      List.of(
          Scenario.DEATHS,
          Scenario.REPLACEMENTS,
          Scenario.JOINS,
          Scenario.LONG_SPLITS,
          Scenario.TURMOIL);

  @Test
  void everyHistoryOfEveryRunIsLinearizableAndAllCopiesAreEqualInTheEnd() {
    var histories = new AtomicLong();
    var epochs = new AtomicLong();
    var runs = new AtomicLong();
    Seeds.some(SEEDS)
        .forEach(
            seed -> {
              Report report = Simulation.run(settings(seed));
              assertTrue(report.isClean(), report::summary);
              runs.incrementAndGet();
              histories.addAndGet(report.histories());
              epochs.addAndGet(report.epochs());
            });
    System.out.printf("%s runs, %s histories, %s epochs%n", runs, histories, epochs);
    assertTrue(histories.get() > 20 * runs.get(), "histories: " + histories);
    assertTrue(epochs.get() > 5 * runs.get(), "epochs: " + epochs);
  }

  private static SimulationSettings settings(long seed) {
    Scenario scenario = SCENARIOS.get((int) (seed % SCENARIOS.size()));
    int nodes = 3 + (int) (seed / SCENARIOS.size() % 4);
    return SimulationSettings.of(seed, nodes, scenario).with(DURATION);
  }
}
