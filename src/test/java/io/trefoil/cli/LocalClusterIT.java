package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Three packaged processes, started as a user starts them, under kill -9. The tests are one story
/// and follow each other.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalClusterIT {

  private static final int RECORDS = 3_000;
  private static final Duration AGAIN = Duration.ofSeconds(60);

  @TempDir private static Path folder;

  private static RunningCluster cluster;
  private static Path before;
  private static Path during;
  private static Path acknowledged;

  private final Captured captured = new Captured();

  @BeforeAll
  static void start() throws IOException {
    before = records("before", 300);
    during = records("during", RECORDS);
    acknowledged = folder.resolve("acknowledged");
    cluster = RunningCluster.start(3, folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void whatOneNodeWroteEveryOtherReads() {
    assertEquals(0, load(before, cluster.endpoints(1), "--repeat-unknown"), captured.out());
    assertEquals(0, load(before, cluster.endpoints(2), "--verify-only"), captured.out());
    assertEquals(0, load(before, cluster.endpoints(3), "--verify-only"), captured.out());
  }

  @Test
  @Order(2)
  void theClusterIsSeenByEachNode() throws IOException, InterruptedException {
    for (int node = 1; node <= 3; node++) {
      assertEquals(3, awaitStable(cluster.endpoints(node)).path("members").size());
    }
    assertEquals(0, captured.run("explain", "before 7", "--json", "-e", cluster.endpoints(2)));
    assertEquals(3, json().path("replicas").size());
  }

  /// Every copy is compared with the others after a start; that takes a while.
  private JsonNode awaitStable(String endpoint) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    JsonNode view = view(endpoint);
    while (!view.path("stable").asBoolean()) {
      assertTrue(System.nanoTime() < end, captured.out());
      Thread.sleep(500);
      view = view(endpoint);
    }
    return view;
  }

  private JsonNode view(String endpoint) throws IOException {
    assertEquals(0, captured.run("cluster", "--json", "-e", endpoint));
    return json();
  }

  @Test
  @Order(3)
  void aKilledNodeCostsNoRecordAndTheOthersGoOn() throws IOException {
    CompletableFuture<Integer> loading =
        CompletableFuture.supplyAsync(
            () ->
                load(
                    during,
                    cluster.endpoints(1, 2, 3),
                    "--repeat-unknown",
                    "--acknowledged=" + acknowledged));
    Awaitility.await()
        .atMost(AGAIN)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> acknowledgedSoFar() > RECORDS / 10);
    assertFalse(loading.isDone());
    cluster.kill(2);
    assertEquals(0, loading.join(), captured.out());
    assertEquals(RECORDS, acknowledgedSoFar());
    for (int node : List.of(1, 3)) {
      assertEquals(0, load(before, cluster.endpoints(node), "--verify-only"), captured.out());
      assertEquals(0, load(during, cluster.endpoints(node), "--verify-only"), captured.out());
    }
  }

  @Test
  @Order(4)
  void theDeathIsToldWithTheCommandThatStartsTheNodeAgain() {
    Awaitility.await().atMost(AGAIN).until(() -> cluster.remarks().contains("node-2 (process "));
    assertTrue(cluster.local().isAlive());
  }

  @Test
  @Order(5)
  void withOneOfThreeLeftNothingIsDoneAndItIsSaidWhoIsMissing() throws IOException {
    cluster.kill(3);
    assertEquals(3, captured.run("get", "before 7", "-e", cluster.endpoints(1)));
    assertEquals(3, writeOnceTheDeathIsKnown(), captured.out());
    JsonNode problem = json();
    assertEquals("quorum-unavailable", problem.path("problem").asText());
    assertEquals(503, problem.path("status").asInt());
    assertEquals("none", problem.path("outcome").asText());
    List<String> missing = new ArrayList<>();
    problem.path("missing").forEach(name -> missing.add(name.asText()));
    assertEquals(List.of("node-2", "node-3"), missing.stream().sorted().toList());
  }

  /// Until a node knows that another is dead, a write that was sent to it may have been done: its
  /// outcome is unknown, and never a success.
  ///
  /// @return the first exit code that is another
  private int writeOnceTheDeathIsKnown() {
    String[] put = {"put", "a", "1", "--json", "-e", cluster.endpoints(1)};
    return Awaitility.await()
        .atMost(AGAIN)
        .until(() -> captured.run(put), code -> code != ExitCode.UNKNOWN.code());
  }

  @Test
  @Order(6)
  void aRestartedNodeMakesItWorkAgainWithEverythingThere() throws IOException {
    cluster.restart(3);
    Awaitility.await()
        .atMost(AGAIN)
        .until(() -> captured.run("put", "a", "2", "-e", cluster.endpoints(1)) == 0);
    assertEquals(0, captured.run("get", "a", "-e", cluster.endpoints(3)), captured.err());
    assertEquals("2", captured.out());
    assertEquals(0, load(before, cluster.endpoints(3), "--verify-only"), captured.out());
    assertEquals(0, load(during, cluster.endpoints(3), "--verify-only"), captured.out());
  }

  /// Every record of a file named by `-Dtrefoil.test.data=FILE`, which is not part of the sources.
  @Test
  @Order(7)
  @EnabledIfSystemProperty(named = "trefoil.test.data", matches = ".+")
  void aLargeFileIsReadBackByteForByteThroughAnotherNode() {
    Path data = Path.of(System.getProperty("trefoil.test.data"));
    assertEquals(0, load(data, cluster.endpoints(1), "--repeat-unknown"), captured.out());
    assertEquals(0, load(data, cluster.endpoints(3), "--verify-only"), captured.out());
  }

  @Test
  @Order(8)
  void whenItIsToldToEndNoneOfItsProcessesIsLeft() {
    ProcessHandle node = cluster.process(1);
    cluster.local().destroy();
    Awaitility.await().atMost(AGAIN).until(() -> !cluster.local().isAlive());
    assertFalse(node.isAlive());
  }

  private int load(Path file, String endpoints, String... more) {
    List<String> arguments = new ArrayList<>(List.of("load", file.toString(), "-e", endpoints));
    arguments.addAll(List.of(more));
    return captured.run(arguments.toArray(String[]::new));
  }

  private static Path records(String name, int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(name + " " + i + "\t" + "значение ".repeat(i % 50) + i);
    }
    return Files.write(folder.resolve(name + ".tsv"), lines);
  }

  private static long acknowledgedSoFar() throws IOException {
    if (!Files.exists(acknowledged)) {
      return 0;
    }
    try (var lines = Files.lines(acknowledged)) {
      return lines.count();
    }
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(captured.out());
  }
}
