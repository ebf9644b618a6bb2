package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Rule;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Random runs in which nodes die for longer than the eviction delay, return, lose disks, join,
/// leave and are cut off, so that the map changes many times while clients work. Afterwards the
/// cluster becomes stable within a minute, every key lies alike on the ring's nodes and nowhere
/// else, and every history is linearizable. `-Dtrefoil.seeds=1200` makes it more than 50,000
/// histories, `-Dtrefoil.seed=N` begins elsewhere.
class ChangingMapsTest {

  private static final int SEEDS = 10;
  private static final int WINDOW = 40;
  private static final Duration DURATION = Duration.ofSeconds(60);
  private static final List<Scenario> SCENARIOS =
      List.of(
          Scenario.DEATHS,
          Scenario.REPLACEMENTS,
          Scenario.JOINS,
          Scenario.LONG_SPLITS,
          Scenario.ONE_SIDED,
          Scenario.UPGRADES,
          Scenario.TURMOIL,
          Scenario.MAYHEM);

  @Test
  void everyHistoryOfEveryRunIsLinearizableAndAllCopiesAreEqualInTheEnd() {
    var histories = new AtomicLong();
    var epochs = new AtomicLong();
    var runs = new AtomicLong();
    Seeds.some(SEEDS)
        .parallel()
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

  /// A node whose clock was ahead had promised, alone, what the others would have refused as too
  /// far ahead. Until that time had come no repair could beat it, and its copy stayed incomplete.
  @ParameterizedTest
  @CsvSource({"64, 3", "314, 5"})
  void aPromiseToAClockThatWasAheadKeepsNoCopyIncomplete(long seed, int nodes) {
    var settings = SimulationSettings.of(seed, nodes, Scenario.TURMOIL).with(DURATION);
    Report report = Simulation.run(settings);
    assertTrue(report.isClean(), report::summary);
  }

  /// Such a tombstone lay above all ballots of the time and was never taken for one left behind.
  @ParameterizedTest
  @ValueSource(longs = {800_056, 800_089})
  void aTombstoneOfAClockThatWasAheadStaysUntilItsTimeHasCome(long seed) {
    Report report = Simulation.run(SimulationSettings.of(seed, 3, Scenario.TURMOIL).with(DURATION));
    assertTrue(report.isClean(), report::summary);
  }

  /// A page was being taken in when its partition was dropped: what was read from disk meanwhile
  /// came back, and would have been met again by the next stay.
  @Test
  void whatIsTakenInWhileItsPartitionIsDroppedDoesNotStay() {
    Report report = Simulation.run(SimulationSettings.of(3_002_687, 5, Scenario.MAYHEM));
    assertTrue(report.isClean(), report::summary);
  }

  /// One of three left for good and another lost its disk, while a map was under way that leaves
  /// the council to the latter alone. The other two completed it, and nobody could decide another.
  @Test
  void aCouncilLeftToALostDiskIsBeyondHelp() {
    Report report = Simulation.run(SimulationSettings.of(3_002_196, 5, Scenario.MAYHEM));
    assertTrue(report.isClean() && report.isBeyondHelp(), report::summary);
  }

  /// A disk's decay is found when a cluster has settled already; the run waits for its repair.
  @Test
  void whatIsFoundDamagedLateIsRepairedBeforeTheEnd() {
    Report report = Simulation.run(SimulationSettings.of(2_003_841, 5, Scenario.MAYHEM));
    assertTrue(report.isClean(), report::summary);
  }

  /// Without the rule a run breaks, not far from that seed.
  @ParameterizedTest
  @CsvSource({"ERASE_ON_ENTRY, JOINS, 5, 10", "COLLECT_WHAT_ALL_HOLD, REPLACEMENTS, 3, 15"})
  void withoutARuleARunBreaks(Rule rule, Scenario scenario, int nodes, long first) {
    Set<Rule> others = EnumSet.complementOf(EnumSet.of(rule));
    boolean broken = false;
    for (long seed = first; !broken && seed < first + WINDOW; seed++) {
      var settings = SimulationSettings.of(seed, nodes, scenario).with(DURATION);
      broken = !Simulation.run(settings.with(others)).isClean();
    }
    assertTrue(broken, () -> "no seed from " + first + " on breaks without " + rule);
  }

  private static SimulationSettings settings(long seed) {
    Scenario scenario = SCENARIOS.get((int) (seed % SCENARIOS.size()));
    int nodes = 3 + (int) (seed / SCENARIOS.size() % 4);
    return SimulationSettings.of(seed, nodes, scenario).with(DURATION);
  }
}
