package io.trefoil.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.cli.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private final Report report = new Report("written");

  @Test
  void theWorstThatHappenedDecidesTheExitCode() {
    assertEquals(ExitCode.OK, report.exitCode());
    report.add(verdict(1, Fate.DONE));
    assertEquals(ExitCode.OK, report.exitCode());
    report.add(verdict(2, Fate.MALFORMED));
    assertEquals(ExitCode.REFUSED, report.exitCode());
    report.add(verdict(3, Fate.UNKNOWN));
    report.add(verdict(4, Fate.NONE));
    assertEquals(ExitCode.UNKNOWN, report.exitCode());
  }

  @Test
  void failuresAreCountedByFateWithTheFirstExamples() {
    for (int line = 1; line <= 7; line++) {
      report.add(verdict(line, Fate.NONE));
    }
    report.add(new Verdict(8, "", Fate.MALFORMED, "no tab", 0, 0));
    report.finish();
    List<String> lines = report.lines();
    assertEquals(
        List.of(
            "14 requests were made again",
            "1 malformed:",
            "  line 8: no tab",
            "7 none:",
            "  line 1 (k1): why",
            "  line 2 (k2): why",
            "  line 3 (k3): why",
            "  line 4 (k4): why",
            "  line 5 (k5): why",
            "  and 2 more"),
        lines.subList(1, lines.size()));
    assertEquals(7, report.json().path("none").asInt());
    assertEquals(5, report.json().path("examples").path("none").size());
  }

  @Test
  void latencyIsThatOfRecordsThatWereDone() {
    report.add(new Verdict(1, "a", Fate.DONE, "", 0, 2_000));
    report.add(new Verdict(2, "b", Fate.NONE, "why", 0, 9_000_000));
    report.finish();
    assertEquals(2.0, report.json().path("maxMs").asDouble(), 0.01);
    assertTrue(report.lines().getFirst().startsWith("1 records written in "));
  }

  private static Verdict verdict(long line, Fate fate) {
    return new Verdict(line, "k" + line, fate, "why", 2, 1_000);
  }
}
