package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.StandInStore.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorCommandsTest {

  private static final String RING =
      """
      {"epoch":3,"partitions":2,"replication":3,"members":[
         {"name":"node-2","id":"b2","zone":"","weight":1,"standing":"draining","primaries":0,
          "replicas":1,"share":0.3333},
         {"name":"node-1","id":"a1","zone":"","weight":1,"standing":"active","primaries":2,
          "replicas":2,"share":0.6667}],
       "voters":[[0,1],[1]],"moving":{"1":[0]}}
      """;

  private static final String PREVIEW =
      """
      {"epoch":3,"partitions":9,"copies":10,"total":48,"bytes":4096,
       "peakToMean":{"before":1.0,"after":1.25},
       "members":[{"name":"node-1","before":16,"after":11},
                  {"name":"node-4","before":0,"after":5}]}
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
  void theRingIsShownAsSharesInOrderOfName() {
    keep("/v1/cluster/ring", RING);
    assertEquals(0, captured.run("ring", "-e", store.endpoint()));
    assertEquals(
        """
        epoch        3
        partitions   2
        replication  3
        moving       1

        NAME    ID  WEIGHT  STANDING  PRIMARIES  REPLICAS   SHARE
        node-1  a1       1  active            2         2  0.6667
        node-2  b2       1  draining          0         1  0.3333
        """,
        captured.out());
  }

  @Test
  void aPreviewSendsTheChangeAndShowsWhatItMoves() {
    next(200, PREVIEW);
    assertEquals(0, captured.run("preview", "--join", "node-4", "-e", store.endpoint()));
    assertEquals(
        """
        epoch       3
        partitions  9
        copies      10
        total       48
        bytes       4096
        peakToMean  before 1.0, after 1.25

        NAME    BEFORE  AFTER
        node-1      16     11
        node-4       0      5
        """,
        captured.out());
    assertEquals(List.of("POST /v1/cluster:preview"), store.requests());
  }

  @Test
  void aPreviewIsOfOneChange() {
    assertEquals(2, captured.run("preview", "-e", store.endpoint()));
    assertEquals(2, captured.run("preview", "--join", "a", "--leave", "b", "-e", store.endpoint()));
    assertEquals(List.of(), store.requests());
  }

  @Test
  void aDecommissionTellsWhatIsLeft() {
    next(202, member("draining", 7));
    assertEquals(0, captured.run("decommission", "node 4", "-e", store.endpoint()));
    assertEquals("node 4 is draining: it still holds 7 partitions\n", captured.out());
    assertEquals(List.of("POST /v1/cluster/members/node%204:decommission"), store.requests());
  }

  @Test
  void aWatchedDecommissionEndsWhenTheMemberHoldsNothing() {
    next(202, member("draining", 7));
    next(200, "{\"members\":[" + member("draining", 3) + "]}");
    next(200, "{\"members\":[]}");
    assertEquals(0, captured.run("decommission", "n", "--watch", "-e", store.endpoint()));
    assertEquals("n holds nothing any more: it may be stopped for good\n", captured.out());
  }

  @Test
  void aWatchedDecommissionThatIsTakenBackIsRefused() {
    next(202, member("draining", 7));
    next(200, "{\"members\":[" + member("active", 3) + "]}");
    assertEquals(1, captured.run("decommission", "n", "--watch", "-e", store.endpoint()));
    assertTrue(captured.err().contains("told to stay"), captured.err());
  }

  @Test
  void aRecommissionIsSaid() {
    next(202, member("active", 7));
    assertEquals(0, captured.run("recommission", "n", "-e", store.endpoint()));
    assertEquals("n stays\n", captured.out());
  }

  @ParameterizedTest
  @CsvSource({
    "404,no-such-member,refused,1",
    "409,member-needed,refused,1",
    "503,steward-silent,unknown,4"
  })
  void aProblemIsASentenceAndItsExitCode(int status, String name, String outcome, int exit)
      throws IOException {
    store.next(Reply.problem(status, name, outcome, "It cannot be."));
    assertEquals(exit, captured.run("decommission", "n", "--json", "-e", store.endpoint()));
    assertTrue(captured.err().contains("It cannot be."), captured.err());
    assertEquals(name, new ObjectMapper().readTree(captured.out()).path("problem").asText());
  }

  @Test
  void aCouncilIsForcedOnlyWithYes() {
    String[] force = {"council", "force", "--give-up", "node-2,node-3", "-e", store.endpoint()};
    assertEquals(2, captured.run(force));
    assertTrue(captured.err().contains("given up: node-2, node-3"), captured.err());
    assertTrue(captured.err().contains("are lost"), captured.err());
    assertEquals(List.of(), store.requests());

    next(200, "{\"epoch\":1003,\"council\":[\"a1\"],\"forcedEpoch\":1003}");
    assertEquals(
        0,
        captured.run(
            "council", "force", "--give-up=node-2,node-3", "--yes", "-e", store.endpoint()));
    assertEquals(
        """
        epoch        1003
        council      a1
        forcedEpoch  1003
        """,
        captured.out());
    assertEquals(List.of("POST /v1/cluster/council:force"), store.requests());
  }

  @Test
  void aCouncilNeedsACommand() {
    assertEquals(2, captured.run("council"));
  }

  @Test
  void aWatchedClusterGoesOnWithItsEventsUntilNobodyTells() {
    keep("/v1/cluster", "{\"name\":\"local\",\"epoch\":1,\"members\":[]}");
    next(200, "{\"name\":\"local\",\"epoch\":1,\"members\":[]}");
    next(
        200,
        """
        :alive

        event:member
        data:{"at":"2026-11-23T02:00:00Z","node":"node-1","name":"node-3","state":"dead"}

        event:epoch
        data:{"at":"2026-11-23T02:00:01Z","node":"node-1","epoch":2}

        """);
    next(500, "{}");
    assertEquals(3, captured.run("cluster", "--watch", "-e", store.endpoint()));
    assertTrue(
        captured
            .out()
            .endsWith(
                """
                2026-11-23T02:00:00Z  node-1  member  name node-3, state dead
                2026-11-23T02:00:01Z  node-1  epoch  epoch 2
                """),
        captured.out());
  }

  private void keep(String path, String json) {
    store.values().put(path, json.getBytes(StandardCharsets.UTF_8));
  }

  private void next(int status, String body) {
    store.next(new Reply(status, "application/json", body));
  }

  private static String member(String standing, int replicas) {
    return "{\"name\":\"n\",\"id\":\"d4\",\"standing\":\"%s\",\"replicas\":%d}"
        .formatted(standing, replicas);
  }
}
