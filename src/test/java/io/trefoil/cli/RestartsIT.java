package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Scenarios 27 and 33 with packaged processes: three nodes are restarted one after the other, one
/// is frozen, and two are lost for good. The tests are one story and follow each other.
/// `-Dtrefoil.rounds=2` freezes for 30 s instead of 12.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestartsIT {

  private static final Duration SOON = Duration.ofSeconds(120);
  private static final List<Integer> ALL = List.of(1, 2, 3);

  /// Longer than a node needs to be held dead, shorter than it takes to be evicted.
  private static final Duration FREEZE =
      Duration.ofSeconds(Integer.getInteger("trefoil.rounds", 1) > 1 ? 30 : 12);

  private static final Duration EVICTION = FREEZE.plusSeconds(30);

  @TempDir private static Path folder;

  private static RunningCluster cluster;
  private static Onlooker onlooker;
  private static Traffic traffic;

  private final Captured captured = new Captured();

  @BeforeAll
  static void start() throws IOException {
    cluster =
        RunningCluster.start(
            3,
            folder,
            "trefoil.eviction-delay=" + EVICTION.toSeconds() + "s",
            "trefoil.lease=2s",
            "trefoil.cluster.partitions=256",
            "trefoil.operations-log=false");
    onlooker = new Onlooker(node -> cluster.endpoints(node));
    traffic = new Traffic(cluster.endpoints(1, 2, 3));
    traffic.fill();
    onlooker.awaitStable(ALL);
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
  void restartingAllNodesOneAfterTheOtherUnderLoadFailsNoRequestAndMovesNothing()
      throws IOException {
    final long epoch = epoch(1);
    traffic.start();
    for (int node : ALL) {
      String prepare = "/v1/cluster/members/node-" + node + ":prepare-stop?timeout=60s";
      int other = node % 3 + 1;
      Awaitility.await().atMost(SOON).until(() -> onlooker.status(other, "POST", prepare) == 204);
      awaitProgress();
      cluster.stop(node);
      String state = onlooker.member(other, "node-" + node).orElseThrow().path("state").asText();
      assertEquals("restarting", state);
      awaitProgress();
      cluster.restart(node);
      onlooker.awaitReady(node, true);
    }
    awaitProgress();
    assertEquals(List.of(), traffic.stop());
    onlooker.awaitStable(ALL);
    assertEquals(epoch, epoch(2));
    assertEquals(List.of(), traffic.readAllThrough(cluster.endpoints(3)));
  }

  @Test
  @Order(2)
  void aFrozenNodeIsHeldDeadAndComesBackWithoutALeaseAndNobodyElseIsCondemned() throws IOException {
    final long epoch = epoch(1);
    int before = leasesLost(2);
    traffic.start();
    cluster.signal(2, "STOP");
    awaitTheEndOfTheFreeze();
    awaitProgress();
    cluster.signal(2, "CONT");
    Awaitility.await()
        .alias("node-2 says that its lease has ended")
        .atMost(SOON)
        .until(() -> leasesLost(2) > before);
    onlooker.awaitStable(ALL);
    awaitProgress();
    assertEquals(List.of(), traffic.stop());
    assertEquals(epoch, epoch(2));
    assertEquals("alive", state(1, 2));
    assertEquals(List.of(), traffic.readAllThrough(cluster.endpoints(2)));
  }

  @Test
  @Order(3)
  void aCouncilThatLostItsMajorityIsForcedByTheNamesOfTheLostAndTheLogSaysByWhom()
      throws IOException {
    String[] force = {
      "council", "force", "--give-up=node-2,node-3", "--yes", "--json", "-e", cluster.endpoints(1)
    };
    assertEquals(1, captured.run(force), captured.err());
    assertTrue(captured.out().contains("council-not-lost"), captured.out());

    cluster.kill(List.of(2, 3));
    Awaitility.await().atMost(SOON).until(() -> captured.run(force) == 0);
    JsonNode view = onlooker.view(1).orElseThrow();
    assertTrue(view.path("forcedEpoch").asLong() > 0, view.toString());
    assertEquals(1, view.path("council").size(), view.toString());
    assertTrue(cluster.log(1).contains("Forced recovery: an operator made cluster map"));
    assertTrue(cluster.log(1).contains("asks to force the council"), "it is told who asked");
    String[] put = {"put", "alone", "works", "-e", cluster.endpoints(1)};
    Awaitility.await().atMost(SOON).until(() -> captured.run(put) == 0);
  }

  /// Looks all the while whether one of the nodes that are not frozen is held dead by the other.
  private static void awaitTheEndOfTheFreeze() {
    long end = System.nanoTime() + FREEZE.toNanos();
    Awaitility.await()
        .atMost(FREEZE.plus(SOON))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              assertTrue(List.of("alive", "suspect").contains(state(1, 3)));
              assertTrue(List.of("alive", "suspect").contains(state(3, 1)));
              return System.nanoTime() > end && state(1, 2).equals("dead");
            });
  }

  private static String state(int asked, int of) {
    return onlooker.member(asked, "node-" + of).orElseThrow().path("state").asText();
  }

  private static long epoch(int asked) {
    return onlooker.view(asked).orElseThrow().path("epoch").asLong();
  }

  /// How often a node has said that it may not vote.
  private static int leasesLost(int node) throws IOException {
    return cluster.log(node).split("The node has no lease", -1).length;
  }

  private static void awaitProgress() {
    int goal = traffic.done() + 200;
    Awaitility.await().atMost(SOON).until(() -> traffic.done() > goal);
  }
}
