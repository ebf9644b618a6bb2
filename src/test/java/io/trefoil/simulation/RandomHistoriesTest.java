package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random runs of the product's nodes under every mix of faults: twenty histories each of
/// concurrent blind writes, changes and reads. `-Dtrefoil.seeds=1200` makes it more than 20,000
/// histories, `-Dtrefoil.seed=N` begins elsewhere.
class RandomHistoriesTest {

  private static final int SEEDS = 600;
  private static final List<Scenario> SCENARIOS =
      List.of(
          Scenario.LOSSY,
          Scenario.CRASHES,
          Scenario.SPLITS,
          Scenario.PAUSES,
          Scenario.CLOCKS,
          Scenario.WIPES,
          Scenario.DISKS,
          Scenario.EVERYTHING);

  @Test
  void everyHistoryOfEveryRunIsLinearizable() {
    var histories = new AtomicLong();
    var operations = new AtomicLong();
    var runs = new AtomicLong();
    Seeds.some(SEEDS)
        .parallel()
        .forEach(
            seed -> {
              Scenario scenario = SCENARIOS.get((int) (seed % SCENARIOS.size()));
              int nodes = 3 + (int) (seed % 3);
              Report report = Simulation.run(SimulationSettings.of(seed, nodes, scenario));
              assertTrue(report.isClean(), report::summary);
              runs.incrementAndGet();
              histories.addAndGet(report.histories());
              operations.addAndGet(report.operations().done());
            });
    assertTrue(histories.get() > 15 * runs.get(), "histories: " + histories);
    assertTrue(operations.get() > 20 * histories.get(), "operations that were done: " + operations);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 5})
  void theSameSeedGivesTheSameRun(long seed) {
    SimulationSettings settings = SimulationSettings.of(seed, 5, Scenario.EVERYTHING);
    Report first = Simulation.run(settings);
    assertEquals(first, Simulation.run(settings));
    assertTrue(first.events() > 1_000, first::summary);
  }
}
