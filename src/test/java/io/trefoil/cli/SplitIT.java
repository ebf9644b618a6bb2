package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Scenario 26 with packaged processes in a network that is cut for longer than the lease and the
/// eviction delay. The tests are one story and follow each other; skipped where there are no
/// network namespaces.
///
/// The two nodes of the lesser side stand in one zone, so no partition has two of its three voters
/// there. Were it otherwise, those partitions would rightly go on with the third node alone (policy
/// `survivor`), without what the lesser side acknowledged in its last lease. As it is nothing may
/// be lost, and the lesser side may not acknowledge anything from the cut on.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SplitIT {

  private static final List<Integer> MAJORITY = List.of(1, 2, 3);
  private static final List<Integer> MINORITY = List.of(4, 5);
  private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);
  private static final List<String> ZONES = List.of("elm", "fir", "oak", "yew", "yew");

  /// The node that is heard by nobody in the second test: the council's first, its steward.
  private static final int MUTE = 1;

  private static final List<Integer> OTHERS = List.of(2, 3, 4, 5);

  private static final int KEYS_OF_EACH = 20;
  private static final int CONTESTED = 20;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration SPLIT = Duration.ofSeconds(20);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final String OBSTACLE = SplitNetwork.obstacle();

  @TempDir private static Path folder;

  private static SplitCluster cluster;
  private static Onlooker onlooker;
  private static Traffic majority;
  private static Traffic minority;

  @BeforeAll
  static void start() throws IOException {
    if (!OBSTACLE.isEmpty()) {
      return;
    }
    cluster =
        SplitCluster.start(
            ZONES,
            folder,
            "trefoil.eviction-delay=5s",
            "trefoil.lease=2s",
            "trefoil.cluster.partitions=256",
            "trefoil.operations-log=false");
    onlooker = new Onlooker(node -> cluster.endpoints(List.of(node)));
    ALL.forEach(node -> onlooker.awaitReady(node, true));
    majority = new Traffic("majority", KEYS_OF_EACH, cluster.endpoints(MAJORITY));
    minority = new Traffic("minority", KEYS_OF_EACH, cluster.endpoints(MINORITY));
    majority.fill();
    minority.fill();
    onlooker.awaitStable(ALL);
  }

  /// Each test is skipped, with the sentence, where the class would vanish from the report.
  @BeforeEach
  void skipWhereTheNetworkCannotBeSplit() {
    Assumptions.assumeTrue(OBSTACLE.isEmpty(), OBSTACLE);
  }

  @AfterAll
  static void stop() {
    for (Traffic traffic : new Traffic[] {majority, minority}) {
      if (traffic != null) {
        traffic.close();
      }
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void aSplitHasOneSideThatWorksAndHealsToOneClusterThatHasLostNothing() throws IOException {
    assertEquals(List.of(), partitionsWithMajorityIn(MINORITY));
    majority.start();
    minority.start();
    awaitProgress(majority);
    awaitProgress(minority);

    cluster.network().split(MAJORITY, MINORITY);
    final int underWay = minority.done();
    final long end = System.nanoTime() + SPLIT.toNanos();
    var created = CompletableFuture.supplyAsync(() -> create(MAJORITY));
    var createdByMinority = CompletableFuture.supplyAsync(() -> create(MINORITY));
    MINORITY.forEach(SplitIT::awaitSilence);
    assertEquals(Map.of(), createdByMinority.join(), "acknowledged by a side without quorum");
    onlooker.awaitStable(MAJORITY);
    awaitProgress(majority);
    Awaitility.await().atMost(SOON).until(() -> System.nanoTime() > end);
    MINORITY.forEach(SplitIT::awaitSilence);
    int more = minority.done() - underWay;
    assertTrue(more <= Traffic.CLIENTS, more + " requests were answered by a side without quorum");
    assertFalse(created.join().isEmpty());

    cluster.network().heal();
    onlooker.awaitStable(ALL);
    awaitProgress(majority);
    awaitProgress(minority);
    assertEquals(List.of(), majority.stop());
    assertEquals(List.of(), minority.stop());
    for (int node : ALL) {
      assertEquals(0, onlooker.view(node).orElseThrow().at("/partitions/forced").asInt(-1));
      assertEquals(created.join(), read(node, created.join()));
    }
    assertEverythingIsReadThroughEveryNode();
  }

  @Test
  @Order(2)
  void aNodeThatHearsAndIsNotHeardIsCondemnedAndNobodyElseIs() {
    majority.start();
    minority.start();
    cluster.network().lose(List.of(MUTE), OTHERS);
    awaitTheEndOfTheSilence();
    awaitProgress(majority);
    awaitProgress(minority);
    cluster.network().heal();
    onlooker.awaitStable(ALL);
    assertEquals(List.of(), majority.stop());
    assertEquals(List.of(), minority.stop());
    assertEverythingIsReadThroughEveryNode();
  }

  /// Looks all the while whether anybody holds one of those dead that are heard.
  private static void awaitTheEndOfTheSilence() {
    long end = System.nanoTime() + SILENCE.toNanos();
    Awaitility.await()
        .alias("node " + MUTE + " is evicted")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              for (int of : OTHERS) {
                ALL.forEach(asked -> assertNotCondemned(asked, of));
              }
              return System.nanoTime() > end
                  && OTHERS.stream().allMatch(asked -> standing(asked, MUTE).equals("gone"));
            });
  }

  private static void assertNotCondemned(int asked, int of) {
    JsonNode member = onlooker.member(asked, "node-" + of).orElseThrow();
    String seen = "node " + asked + " says " + member;
    assertTrue(List.of("alive", "suspect").contains(member.path("state").asText()), seen);
    assertEquals("active", member.path("standing").asText(), seen);
  }

  private static String standing(int asked, int of) {
    return onlooker
        .member(asked, "node-" + of)
        .map(it -> it.path("standing").asText())
        .orElse("gone");
  }

  /// Waits until a node has no lease, is not ready, and says why.
  private static void awaitSilence(int node) {
    onlooker.awaitReady(node, false);
    Awaitility.await()
        .alias("node " + node + " has no lease")
        .atMost(SOON)
        .until(() -> !onlooker.readiness(node).orElseThrow().path("lease").asBoolean(true));
    String reason = onlooker.readiness(node).orElseThrow().path("reason").asText();
    assertTrue(reason.matches("The node (is isolated|has no lease): .*"), reason);
  }

  /// Partitions with two of their voters or more among these nodes.
  private static List<Integer> partitionsWithMajorityIn(List<Integer> nodes) {
    JsonNode ring = onlooker.ring(1).orElseThrow();
    List<Integer> found = new ArrayList<>();
    for (int partition = 0; partition < ring.path("voters").size(); partition++) {
      long voters =
          ring.path("voters")
              .path(partition)
              .valueStream()
              .map(place -> ring.path("members").path(place.asInt()).path("name").asText())
              .filter(name -> nodes.contains(Integer.parseInt(name.substring("node-".length()))))
              .count();
      if (voters > 1) {
        found.add(partition);
      }
    }
    return found;
  }

  /// Creates the contested keys by way of these nodes, once each and all at once.
  ///
  /// @return the acknowledged ones, with their values
  private static Map<String, String> create(List<Integer> nodes) {
    Map<String, String> acknowledged = new ConcurrentSkipListMap<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONTESTED; i++) {
        String at = cluster.endpoints(List.of(nodes.get(i % nodes.size())));
        String[] put = {"put", "contested " + i, "by " + nodes, "--if-none-match", "*", "-e", at};
        clients.submit(() -> new Captured().run(put) == 0 ? acknowledged.put(put[1], put[2]) : "");
      }
    }
    return acknowledged;
  }

  private static Map<String, String> read(int node, Map<String, String> keys) {
    Map<String, String> values = new ConcurrentSkipListMap<>();
    for (String key : keys.keySet()) {
      Captured captured = new Captured();
      captured.run("get", key, "-e", cluster.endpoints(List.of(node)));
      values.put(key, captured.out() + captured.err());
    }
    return values;
  }

  private static void assertEverythingIsReadThroughEveryNode() {
    for (int node : ALL) {
      String endpoint = cluster.endpoints(List.of(node));
      assertEquals(List.of(), majority.readAllThrough(endpoint), endpoint);
      assertEquals(List.of(), minority.readAllThrough(endpoint), endpoint);
    }
  }

  private static void awaitProgress(Traffic traffic) {
    int goal = traffic.done() + 100;
    Awaitility.await().atMost(SOON).until(() -> traffic.done() > goal);
  }
}
