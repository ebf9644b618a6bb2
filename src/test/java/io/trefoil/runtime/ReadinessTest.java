package io.trefoil.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.runtime.TrefoilSettings.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What probes are told: a node is unready for its own trouble, which it names, and for no other's.
class ReadinessTest {

  /// Longer than the lease, and than it takes to hold a silent node dead.
  private static final Duration LONG = Duration.ofSeconds(13);

  @TempDir private Path folder;

  @Test
  void anotherNodesEndMakesNobodyUnready() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.startAll();
      cluster.stop("c");

      await()
          .during(LONG)
          .atMost(LONG.plusSeconds(5))
          .until(() -> check(cluster, "a") == Status.UP && check(cluster, "b") == Status.UP);
    }
  }

  @Test
  void whoIsLeftAloneSaysWhyItIsUnreadyAndStaysLive() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.startAll();
      cluster.stop("b");
      cluster.stop("c");
      await().atMost(Duration.ofSeconds(40)).until(() -> check(cluster, "a") == Status.DOWN);

      Readiness readiness = cluster.facade("a").readiness();
      assertTrue(
          readiness.reason().startsWith("The node has no lease")
              || readiness.reason().startsWith("The node is isolated"),
          readiness::reason);
      assertEquals(Status.UP, new LoopCheck(cluster.statuses.get("a")).call().getStatus());
      assertEquals(Status.UP, new SocketsCheck(cluster.statuses.get("a")).call().getStatus());
    }
  }

  @Test
  void aReadyNodeTellsWhatStandsBehindIt() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a")) {
      cluster.startAll();
      HealthCheckResponse told = new RingStabilizationCheck(cluster.statuses.get("a")).call();

      assertEquals("ring-stabilization", told.getName());
      var data = told.getData().orElseThrow();
      assertEquals(1L, data.get("epoch"));
      assertEquals(0L, data.get("partitionsToCopy"));
      assertEquals(0L, data.get("bytesLeft"));
      assertEquals(true, data.get("lease"));
      assertTrue(
          data.keySet().containsAll(List.of("reason", "bytesCopied")), () -> data.toString());
    }
  }

  @Test
  void whatIsHereTellsHowMuchIsMissing() {
    assertEquals(OptionalLong.of(1_000), Readiness.bytesLeft(10, 5, 500));
    assertEquals(OptionalLong.of(2), Readiness.bytesLeft(1, 2, 3), "rounded");
    assertEquals(OptionalLong.empty(), Readiness.bytesLeft(10, 0, 0));
  }

  @Test
  void aDrainingNodeIsUnreadyForThatWhateverIsReportedLater() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a")) {
      cluster.startAll();
      NodeStatus status = cluster.statuses.get("a");
      Readiness before = status.readiness();
      status.drain();
      status.report(before);
      HealthCheckResponse told = new RingStabilizationCheck(status).call();

      assertEquals(Status.DOWN, told.getStatus());
      assertEquals(true, told.getData().orElseThrow().get("draining"));
      assertTrue(told.getData().orElseThrow().get("reason").toString().contains("draining"));
      assertEquals(Status.UP, new LoopCheck(status).call().getStatus());
    }
  }

  @Test
  void aNodeWhoseStorageFailsIsNeitherReadyNorLiveAndSaysWhich() {
    NodeStatus status = new NodeStatus();
    status.bind();
    status.fail("The store cannot be written: no space left");

    for (HealthCheckResponse told :
        List.of(new RingStabilizationCheck(status).call(), new LoopCheck(status).call())) {
      assertEquals(Status.DOWN, told.getStatus());
      assertEquals(
          "The store cannot be written: no space left", told.getData().orElseThrow().get("reason"));
    }
  }

  private static Status check(TestCluster cluster, String node) {
    return new RingStabilizationCheck(cluster.statuses.get(node)).call().getStatus();
  }
}
