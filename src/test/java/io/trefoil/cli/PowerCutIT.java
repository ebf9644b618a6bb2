package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scenarios 22 and 31 with packaged processes: kill -9 of all that matters at once, while a client
/// writes. `-Dtrefoil.rounds=20` repeats the power cut.
class PowerCutIT {

  private static final int NODES = 4;
  private static final int RECORDS = 8_000;
  private static final int ROUNDS = Integer.getInteger("trefoil.rounds", 1);
  private static final Duration AGAIN = Duration.ofSeconds(90);
  private static final List<Integer> ALL = List.of(1, 2, 3, 4);

  @TempDir private static Path folder;

  private static RunningCluster cluster;

  private final Captured captured = new Captured();

  @BeforeAll
  static void start() throws IOException {
    cluster = RunningCluster.start(NODES, folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void withAllReplicasOfAKeyDeadItIsUnavailableAndBackWhenTheyAre() throws IOException {
    assertEquals(0, captured.run("put", "oak", "acorn", "-e", cluster.endpoints(1)));
    assertEquals(0, captured.run("explain", "oak", "--json", "-e", cluster.endpoints(1)));
    List<Integer> replicas = new ArrayList<>();
    json().path("replicas").forEach(r -> replicas.add(cluster.number(r.path("name").asText())));
    assertEquals(3, replicas.size(), captured.out());
    int left = ALL.stream().filter(node -> !replicas.contains(node)).findFirst().orElseThrow();

    cluster.kill(replicas);
    assertEquals(3, captured.run("get", "oak", "--json", "-e", cluster.endpoints(left)));
    assertEquals(503, json().path("status").asInt(), captured.out());
    assertEquals("quorum-unavailable", json().path("problem").asText());

    restart(replicas);
    assertEquals(0, captured.run("get", "oak", "-e", cluster.endpoints(left)), captured.err());
    assertEquals("acorn", captured.out());
  }

  @Test
  void aPowerCutTakesNoAcknowledgedWrite() throws IOException {
    for (int round = 1; round <= ROUNDS; round++) {
      Path records = records(round);
      Path acknowledged = folder.resolve("acknowledged-" + round);
      CompletableFuture<Integer> loading =
          CompletableFuture.supplyAsync(
              () ->
                  new Captured()
                      .run(
                          "load",
                          records.toString(),
                          "--clients=16",
                          "--patience=0",
                          "--acknowledged=" + acknowledged,
                          "-e",
                          cluster.endpoints(1, 2, 3, 4)));
      int enough = RECORDS / 10;
      Awaitility.await()
          .atMost(AGAIN)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> lines(acknowledged) > enough);
      cluster.kill(ALL);
      assertTrue(loading.join() != 0, "the cut came while a client wrote");
      restart(ALL);
      for (int node : ALL) {
        String endpoint = cluster.endpoints(node);
        String[] verify = {
          "load", records.toString(), "--verify-only", "--only=" + acknowledged, "-e", endpoint
        };
        assertEquals(0, captured.run(verify), "round " + round + ": " + captured.out());
      }
    }
  }

  private void restart(List<Integer> nodes) throws IOException {
    for (int node : nodes) {
      cluster.restart(node);
    }
    for (int node : ALL) {
      Awaitility.await()
          .atMost(AGAIN)
          .until(() -> captured.run("put", "again", "1", "-e", cluster.endpoints(node)) == 0);
    }
  }

  private static Path records(int round) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      lines.add("round " + round + " key " + i + "\tvalue " + i);
    }
    return Files.write(folder.resolve("records-" + round + ".tsv"), lines);
  }

  private static long lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(captured.out());
  }
}
