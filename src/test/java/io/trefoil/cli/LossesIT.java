package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Scenarios 13, 15, 24, 25 and 30 with packaged processes: five nodes shrink to one by kill -9,
/// and grow to six again. The tests are one story and follow each other.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LossesIT {

  private static final Duration SOON = Duration.ofSeconds(120);
  private static final int PARTITIONS = 256;

  @TempDir private static Path folder;

  private static RunningCluster cluster;
  private static Onlooker onlooker;
  private static Traffic traffic;
  private static final List<Integer> left = new ArrayList<>(List.of(1, 2, 3, 4, 5));

  private final Captured captured = new Captured();

  @BeforeAll
  static void start() throws IOException {
    cluster =
        RunningCluster.start(
            5,
            folder,
            "trefoil.eviction-delay=5s",
            "trefoil.lease=2s",
            "trefoil.cluster.partitions=" + PARTITIONS,
            "trefoil.operations-log=false");
    onlooker = new Onlooker(node -> cluster.endpoints(node));
    traffic = new Traffic(cluster.endpoints(1, 2, 3, 4, 5));
    traffic.fill();
  }

  @AfterAll
  static void stop() {
    if (traffic != null) {
      traffic.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void aPrimaryKilledForGoodFailsNoRequestAndItsShareGoesToTheOthers() throws IOException {
    onlooker.awaitStable(left);
    int primary = replicas("client 0 key 0").getFirst();
    traffic.start();
    loseForGood(primary);
    assertEquals(List.of(), traffic.stop());
    for (int node : left) {
      assertEquals(List.of(), traffic.readAllThrough(cluster.endpoints(node)));
    }
  }

  @Test
  @Order(2)
  void fiveNodesThatShrinkToThreeWithRepairBetweenLoseNothing() throws IOException {
    traffic.start();
    loseForGood(left.getLast());
    assertEquals(List.of(), traffic.stop());
    assertEquals(3, left.size());
    for (int node : left) {
      assertEquals(List.of(), traffic.readAllThrough(cluster.endpoints(node)));
    }
  }

  @Test
  @Order(3)
  void twoOfThreeWork() {
    traffic.start();
    cluster.kill(left.get(2));
    awaitProgress(500);
    assertEquals(List.of(), traffic.stop());
  }

  @Test
  @Order(4)
  void oneOfThreeDoesNothingAndSaysWhy() throws IOException {
    cluster.kill(left.get(1));
    String last = cluster.endpoints(left.get(0));
    assertEquals(3, captured.run("get", "client 0 key 0", "--json", "-e", last));
    assertEquals(503, json().path("status").asInt(), captured.out());
    assertEquals("quorum-unavailable", json().path("problem").asText(), captured.out());
    String[] put = {"put", "unheard of", "1", "--json", "-e", last};
    Awaitility.await()
        .atMost(SOON)
        .until(() -> captured.run(put), code -> code != ExitCode.UNKNOWN.code());
    assertEquals(503, json().path("status").asInt(), captured.out());
    assertEquals("quorum-unavailable", json().path("problem").asText(), captured.out());
  }

  @Test
  @Order(5)
  void theDataIsBackWhenTheNodesAreBackWithTheirDisks() throws IOException {
    cluster.restart(left.get(1));
    cluster.restart(left.get(2));
    onlooker.awaitStable(left);
    for (int node : left) {
      assertEquals(List.of(), traffic.readAllThrough(cluster.endpoints(node)));
    }
  }

  @Test
  @Order(6)
  void evictedNodesThatReturnWithOldDisksBringNothingOldBack() throws IOException {
    traffic.start();
    for (int node = 1; node <= 5; node++) {
      if (!left.contains(node)) {
        cluster.restart(node);
        left.add(node);
      }
    }
    onlooker.awaitStable(left);
    assertEquals(List.of(), traffic.stop());
    for (int node : left) {
      assertEquals(List.of(), traffic.readAllThrough(cluster.endpoints(node)));
    }
  }

  @Test
  @Order(7)
  void anEmptyDiskUnderTheSameNameIsANewMemberThatTakesOver() throws IOException {
    String before = onlooker.member(left.getFirst(), "node-2").orElseThrow().path("id").asText();
    int asked = left.stream().filter(node -> node != 2).findFirst().orElseThrow();
    traffic.start();
    cluster.kill(2);
    delete(cluster.data(2));
    cluster.restart(2);
    Awaitility.await()
        .atMost(SOON)
        .until(
            () ->
                onlooker
                    .member(asked, "node-2")
                    .filter(member -> member.path("standing").asText().equals("active"))
                    .filter(member -> !member.path("id").asText().equals(before))
                    .isPresent());
    onlooker.awaitStable(left);
    assertEquals(List.of(), traffic.stop());
    assertNotEquals(before, onlooker.member(2, "node-2").orElseThrow().path("id").asText());
    for (int node : left) {
      assertEquals(List.of(), traffic.readAllThrough(cluster.endpoints(node)));
    }
  }

  @Test
  @Order(8)
  void aNodeThatJoinsUnderLoadTakesItsShareAndTheSurplusCopiesGo() throws IOException {
    traffic.start();
    left.add(cluster.join());
    onlooker.awaitStable(left);
    awaitProgress(200);
    assertEquals(List.of(), traffic.stop());
    assertEquals(List.of(), traffic.readAllThrough(cluster.endpoints(6)));

    int copies = onlooker.member(1, "node-6").orElseThrow().path("replicas").asInt();
    int ideal = 3 * PARTITIONS / 6;
    assertTrue(Math.abs(copies - ideal) <= ideal / 4, copies + " of an ideal " + ideal);
    Awaitility.await()
        .alias("the keys that the members report are three copies of each")
        .atMost(SOON)
        .until(() -> reportedKeys() == 3 * traffic.values());
  }

  /// Kills a node that never returns in this test, and waits until the others are whole without it.
  private static void loseForGood(int node) {
    awaitProgress(200);
    cluster.kill(node);
    left.remove(Integer.valueOf(node));
    onlooker.awaitStable(left);
    awaitProgress(200);
  }

  private static void awaitProgress(int requests) {
    int goal = traffic.done() + requests;
    Awaitility.await().atMost(SOON).until(() -> traffic.done() > goal);
  }

  private static long reportedKeys() {
    return onlooker
        .view(1)
        .map(view -> view.path("members").valueStream().mapToLong(m -> m.path("keys").asLong()))
        .orElseThrow()
        .sum();
  }

  private List<Integer> replicas(String key) throws IOException {
    assertEquals(0, captured.run("explain", key, "--json", "-e", cluster.endpoints(1)));
    List<Integer> nodes = new ArrayList<>();
    json().path("replicas").forEach(r -> nodes.add(cluster.number(r.path("name").asText())));
    assertFalse(nodes.isEmpty(), captured.out());
    return nodes;
  }

  private static void delete(Path data) throws IOException {
    try (Stream<Path> walk = Files.walk(data)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(captured.out());
  }
}
