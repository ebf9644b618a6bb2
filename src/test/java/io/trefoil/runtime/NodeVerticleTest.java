package io.trefoil.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Operation.Get;
import io.trefoil.core.model.Operation.Put;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.Done;
import io.trefoil.core.model.Outcome.Found;
import io.trefoil.core.model.Outcome.NotDone;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.core.model.Outcome.Refused;
import io.trefoil.core.model.Value;
import io.trefoil.runtime.ClusterView.Member;
import io.trefoil.runtime.TrefoilSettings.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeVerticleTest {

  private static final Key APPLE = new Key("apple");
  private static final Value RED = Value.of(new byte[] {1, 2, 3});

  @TempDir Path folder;

  @Test
  void threeNodesFormAClusterAndServeEachOthersWrites() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.ROCKSDB, folder, "a", "b", "c")) {
      cluster.startAll();

      Done written = assertInstanceOf(Done.class, cluster.ask("a", put(RED)));

      for (String reader : List.of("a", "b", "c")) {
        Found found = assertInstanceOf(Found.class, cluster.ask(reader, get()));
        assertEquals(Optional.of(RED), found.record().orElseThrow().value());
        assertEquals(written.version(), found.record().orElseThrow().version());
      }
      assertInstanceOf(
          Refused.class, cluster.ask("b", new Put(APPLE, RED, new Condition.Absent())));
      assertEquals(List.of(), cluster.broken);
    }
  }

  @Test
  void valuesOfAMebibyteTravelBetweenNodes() throws Exception {
    byte[] bytes = new byte[1 << 20];
    new java.util.Random(1).nextBytes(bytes);
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.startAll();

      assertInstanceOf(Done.class, cluster.ask("a", put(Value.of(bytes))));

      Found found = assertInstanceOf(Found.class, cluster.ask("c", get()));
      assertEquals(Optional.of(Value.of(bytes)), found.record().orElseThrow().value());
    }
  }

  @Test
  void viewsNameEveryMemberAndEveryReplica() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.startAll();
      cluster.ask("a", put(RED));
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> cluster.get(cluster.facade("b").cluster()).stable());

      ClusterView view = cluster.get(cluster.facade("b").cluster());
      assertEquals("orchard", view.name());
      assertEquals(1, view.epoch());
      assertEquals(64, view.partitions().total());
      assertEquals(64, view.partitions().fullyReplicated());
      assertEquals(3, view.council().size());
      assertEquals(3, view.members().size());
      for (Member member : view.members()) {
        assertEquals(Optional.of(MemberState.ALIVE), member.state());
        assertEquals(64, member.replicas());
        assertEquals(cluster.peer(member.name()).toString(), member.peer());
      }
      assertEquals(64, view.members().stream().mapToInt(Member::primaries).sum());

      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  cluster.get(cluster.facade("c").explain(APPLE)).replicas().stream()
                      .allMatch(replica -> replica.version().isPresent()));
      KeyView key = cluster.get(cluster.facade("c").explain(APPLE));
      assertEquals(3, key.replicas().size());
      assertEquals(1, key.replicas().stream().map(KeyView.Replica::version).distinct().count());
      assertTrue(key.replicas().stream().allMatch(KeyView.Replica::alive));
    }
  }

  @Test
  void nodeOnDiskComesBackWithItsDataAndItsIdentity() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.ROCKSDB, folder, "a")) {
      cluster.startAll();
      NodeId id = cluster.facade("a").id();
      cluster.ask("a", put(RED));
      cluster.stop("a");
      cluster.start("a");
      cluster.awaitReady("a");

      Found found = assertInstanceOf(Found.class, cluster.ask("a", get()));
      assertEquals(Optional.of(RED), found.record().orElseThrow().value());
      assertEquals(id, cluster.facade("a").id());
      assertEquals(1, cluster.facade("a").epoch());
    }
  }

  @Test
  void nodeInMemoryComesBackAsAnother() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.startAll();
      NodeId id = cluster.facade("a").id();
      cluster.stop("a");
      cluster.start("a");

      assertNotEquals(id, cluster.facade("a").id());
    }
  }

  @Test
  void loneSeedSaysForWhomItWaitsAndTakesNothingOn() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b")) {
      cluster.start("a");
      NodeFacade facade = cluster.facade("a");
      String missing = cluster.peer("b").toString();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> facade.readiness().reason().contains(missing));

      assertFalse(facade.readiness().ready());
      assertEquals(missing, facade.readiness().data().get("waitingFor"));
      assertEquals(0L, facade.readiness().data().get("epoch"));
      assertEquals(new NotDone(new Reason.NotReady()), cluster.ask("a", put(RED)));
      assertEquals(List.of(), cluster.get(facade.explain(APPLE)).replicas());
      assertTrue(facade.live());
    }
  }

  @Test
  void operationIsLoggedAtItsCoordinatorAndAtEachReplica() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.startAll();
      cluster.ask("b", put(RED));

      await().atMost(Duration.ofSeconds(5)).until(() -> cluster.operations.size() == 4);
      List<String> sorted = cluster.operations.stream().sorted().toList();
      assertTrue(
          sorted
              .getFirst()
              .matches(
                  "role=coordinator op=write outcome=success key=apple partition=\\d+"
                      + " version=[0-9a-f.]+ node=b micros=\\d+"),
          sorted.getFirst());
      assertEquals(
          List.of("a", "b", "c"),
          sorted.stream()
              .skip(1)
              .filter(line -> line.startsWith("role=replica op=write outcome=success key=apple"))
              .map(line -> line.replaceAll(".* node=(\\w+).*", "$1"))
              .sorted()
              .toList());
      assertEquals(
          1,
          cluster
              .meters
              .get("b")
              .get("trefoil.operations")
              .tag("op", "write")
              .tag("outcome", "success")
              .timer()
              .count());
    }
  }

  @Test
  void announcementsReachTheEventBus() throws Exception {
    List<Object> heard = new CopyOnWriteArrayList<>();
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a")) {
      cluster.vertx.eventBus().<Event>localConsumer(NodeFacade.EVENTS, m -> heard.add(m.body()));
      cluster.startAll();

      await().atMost(Duration.ofSeconds(10)).until(() -> heard.contains(new Event.MapAdopted(1)));
    }
  }

  @Test
  void takenPeerPortIsASentenceAndLeavesTheDirectoryFree() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.ROCKSDB, folder, "a")) {
      try (var socket = new java.net.ServerSocket(cluster.peer("a").port())) {
        CompletionException failure =
            assertThrows(CompletionException.class, () -> cluster.start("a"));
        String sentence = failure.getCause().getMessage();
        assertTrue(sentence.contains("trefoil.peer.port"), sentence);
        assertTrue(sentence.contains(Integer.toString(socket.getLocalPort())), sentence);
      }
      cluster.startAll();
    }
  }

  @Test
  void stoppedNodeTakesNothingOn() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a")) {
      cluster.startAll();
      NodeFacade facade = cluster.facade("a");
      cluster.stop("a");

      Outcome outcome = cluster.get(facade.ask(io.trefoil.core.model.Request.of(put(RED))));
      assertEquals(new NotDone(new Reason.NotReady()), outcome);
    }
  }

  private static Operation put(Value value) {
    return new Put(APPLE, value, new Condition.Always());
  }

  private static Operation get() {
    return new Get(APPLE, Consistency.LINEARIZABLE);
  }
}
