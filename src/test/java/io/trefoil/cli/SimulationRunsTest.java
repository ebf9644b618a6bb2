package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.simulation.Report;
import io.trefoil.simulation.Scenario;
import io.trefoil.simulation.SimulationSettings;
import io.trefoil.simulation.world.Violation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationRunsTest {

  private static final Violation VIOLATION = new Violation("a rule", 1_000_000_000L, "it broke");

  private final SimulationRuns runs = new SimulationRuns();

  @Test
  void theFirstViolatedRunIsToldWithTheCommandThatShowsItAgain() {
    runs.add(report(1, List.of()));
    runs.add(report(2, List.of(VIOLATION)));
    runs.add(report(3, List.of(VIOLATION)));
    List<String> lines = runs.lines();
    assertFalse(runs.isClean());
    assertTrue(lines.getFirst().startsWith("3 runs, 2 violated: 30 events, "), lines.toString());
    assertEquals(
        "trefoil simulate --seed 2 --nodes 5 --scenario splits --duration 20s",
        lines.get(lines.size() - 2));
    assertEquals("violated seeds: 2 3", lines.getLast());
    assertEquals(2, runs.json().path("violations").size());
    assertEquals(3, runs.json().path("violations").path(1).path("seed").asInt());
  }

  @Test
  void theCommandToldIsOneThatIsUnderstood() {
    String command = report(9, List.of()).settings().command();
    String[] arguments = command.replaceFirst("^trefoil ", "").split(" ");
    CommandLines.of(new Captured().console()).parseArgs(arguments);
  }

  private static Report report(long seed, List<Violation> violations) {
    SimulationSettings settings =
        SimulationSettings.of(seed, 5, Scenario.SPLITS).with(Duration.ofSeconds(20));
    Report.Tally tally = new Report.Tally(1, 0, 0, 0);
    return new Report(
        settings, violations, seed, 10, 20, tally, 2, 0, 0, false, 1, Duration.ofSeconds(30));
  }
}
