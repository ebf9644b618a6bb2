package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.StandInStore.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `prepare-stop` and `await-stable`, which scripts and containers wait with.
class StopCommandsTest {

  private static final String UNSTABLE =
      """
      {"epoch":4,"stable":false,"partitions":{"total":8,"fullyReplicated":5,"moving":3}}
      """;

  private final Captured captured = new Captured();
  private StandInStore store;

  @BeforeEach
  void start() throws IOException {
    store = new StandInStore();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void aMemberThatCanBeSparedMayBeStopped() {
    next(204, "");
    assertEquals(0, run("prepare-stop", "node 2", "--wait", "7"));
    assertEquals("node 2 may be stopped for a while\n", captured.out());
    assertEquals(
        List.of("POST /v1/cluster/members/node%202:prepare-stop?timeout=7s"), store.requests());
  }

  @Test
  void aNodeIsNeverAskedToWaitLongerThanItCan() {
    next(204, "");
    assertEquals(0, run("prepare-stop", "n", "--wait", "300"));
    assertEquals(List.of("POST /v1/cluster/members/n:prepare-stop?timeout=60s"), store.requests());
  }

  @ParameterizedTest
  @CsvSource({"not-safe-to-stop,none", "steward-silent,unknown"})
  void anAnswerThatMayChangeIsAskedForAgain(String problem, String outcome) throws IOException {
    store.next(Reply.problem(503, problem, outcome, "It is needed."));
    next(204, "");
    assertEquals(0, run("prepare-stop", "n", "--wait", "9", "--json"));
    assertEquals(2, store.requests().size());
    assertEquals("done", new ObjectMapper().readTree(captured.out()).path("outcome").asText());
  }

  @Test
  void whoIsNeededToTheEndIsToldWithTheNodesSentence() {
    store.next(Reply.problem(503, "not-safe-to-stop", "none", "It is needed."));
    store.next(Reply.problem(503, "not-safe-to-stop", "none", "It is needed."));
    assertEquals(3, run("prepare-stop", "n", "--wait", "1"));
    assertTrue(captured.err().contains("It is needed."), captured.err());
  }

  @Test
  void aMemberThatIsNoneIsAskedForOnce() {
    store.next(Reply.problem(404, "no-such-member", "refused", "No such member."));
    assertEquals(1, run("prepare-stop", "n", "--wait", "60"));
    assertEquals(1, store.requests().size());
  }

  @Test
  void aNodeThatIsNotThereIsNotWaitedFor() {
    store.close();
    assertEquals(3, run("prepare-stop", "n", "--wait", "3600"));
    assertTrue(captured.err().contains("cannot be reached"), captured.err());
  }

  @Test
  void withoutANameNobodyIsStopped() {
    assertEquals(2, run("prepare-stop"));
    assertTrue(captured.err().contains("TREFOIL_NODE_NAME"), captured.err());
    assertEquals(List.of(), store.requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepare-stop n --wait 0", "await-stable --wait -1"})
  void aWaitThatCannotBeIsRefused(String line) {
    assertEquals(2, run(line.split(" ")));
    assertTrue(captured.err().contains("--wait"), captured.err());
  }

  @Test
  void aClusterIsWaitedForUntilItIsStable() {
    next(200, UNSTABLE);
    next(200, UNSTABLE.replace("false", "true").replace("4", "5"));
    assertEquals(0, run("await-stable", "--wait", "9"));
    assertEquals("stable, with cluster map 5\n", captured.out());
  }

  @Test
  void aClusterThatStaysUnstableIsNamedWithItsPartitions() {
    next(200, UNSTABLE);
    assertEquals(3, run("await-stable", "--wait", "0"));
    assertTrue(
        captured
            .err()
            .contains("not stable after 0 s; partitions total 8, fullyReplicated 5, moving 3"),
        captured.err());
  }

  @Test
  void aNodeOnItsWayBackIsWaitedFor() {
    store.next(Reply.problem(503, "not-ready", "none", "It starts."));
    next(200, UNSTABLE.replace("false", "true"));
    assertEquals(0, run("await-stable", "--wait", "9"));
  }

  private int run(String... arguments) {
    String[] line = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, line, 0, arguments.length);
    line[arguments.length] = "-e";
    line[arguments.length + 1] = store.endpoint();
    return captured.run(line);
  }

  private void next(int status, String body) {
    store.next(new Reply(status, "application/json", body));
  }
}
