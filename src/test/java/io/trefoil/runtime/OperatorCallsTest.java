package io.trefoil.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Value;
import io.trefoil.runtime.ClusterView.Member;
import io.trefoil.runtime.ClusterView.Standing;
import io.trefoil.runtime.PreviewView.Change;
import io.trefoil.runtime.TrefoilSettings.Engine;
import io.trefoil.runtime.Verdict.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators ask of a real cluster in this process.
class OperatorCallsTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir Path folder;

  @Test
  void aMemberIsTakenOutEmptiedAndLeaves() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c", "d")) {
      cluster.startAll();
      for (int i = 0; i < 20; i++) {
        Key key = new Key("key " + i);
        cluster.ask("b", new Operation.Put(key, Value.of(new byte[100]), new Condition.Always()));
      }
      NodeFacade b = cluster.facade("b");
      await().atMost(SOON).until(() -> cluster.get(b.cluster()).stable());

      assertEquals(Verdict.DONE, cluster.get(b.decommission("d", 10_000)));
      assertEquals(Optional.of(Standing.DRAINING), member(cluster, "a", "d").standing());
      await().atMost(SOON).until(() -> member(cluster, "a", "d").replicas() == 0);
      await().atMost(SOON).until(() -> cluster.get(b.cluster()).stable());
      assertEquals(Kind.REFUSED, cluster.get(b.decommission("c", 10_000)).kind());

      cluster.stop("d");
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> member(cluster, "a", "d").state().equals(Optional.of(MemberState.LEFT)));
      await().atMost(SOON).until(() -> member(cluster, "a", "d").standing().isEmpty());
      assertEquals(List.of(), cluster.broken);
    }
  }

  @Test
  void everyNodeTellsWhatEachKeepsAndWhoIsComplete() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.startAll();
      Key key = new Key("apple");
      cluster.ask("a", new Operation.Put(key, Value.of(new byte[1_000]), new Condition.Always()));
      await()
          .atMost(SOON)
          .until(
              () ->
                  cluster.get(cluster.facade("c").cluster()).members().stream()
                      .allMatch(m -> m.keys().equals(Optional.of(1L))));

      assertTrue(member(cluster, "c", "a").bytes().orElseThrow() >= 1_000);
      await()
          .atMost(SOON)
          .until(
              () ->
                  cluster.get(cluster.facade("b").explain(key)).replicas().stream()
                      .allMatch(r -> r.complete().equals(Optional.of(true))));
      RingView ring = cluster.get(cluster.facade("b").ring());
      assertEquals(64, ring.voters().size());
      assertEquals(List.of(64, 64, 64), ring.members().stream().map(s -> s.replicas()).toList());
      assertEquals(64, ring.members().stream().mapToInt(RingView.Share::primaries).sum());

      PreviewView join =
          cluster.get(cluster.facade("b").preview(new Change.Join("d", "", 1))).orElseThrow();
      assertEquals(192, join.total());
      assertTrue(join.copies() > 24 && join.copies() < 72, join.toString());
      assertTrue(join.bytes().orElseThrow() > 0, join.toString());
      assertEquals(
          Optional.empty(), cluster.get(cluster.facade("b").preview(new Change.Leave("x"))));
    }
  }

  @Test
  void aStopIsPreparedForOneAtATime() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.ROCKSDB, folder, "a", "b", "c")) {
      cluster.startAll();
      NodeFacade b = cluster.facade("b");
      long epoch = b.epoch();
      assertEquals(Verdict.DONE, cluster.get(b.prepareStop("c", 10_000)));
      Verdict second = cluster.get(b.prepareStop("a", 1_000));
      assertEquals(Kind.REFUSED, second.kind());
      assertTrue(second.sentence().contains("c is away"), second.sentence());

      cluster.stop("c");
      assertEquals(Kind.REFUSED, cluster.get(b.prepareStop("a", 1_000)).kind());
      cluster.start("c");
      cluster.awaitReady("c");
      assertEquals(Verdict.DONE, cluster.get(b.prepareStop("a", 15_000)));
      assertEquals(epoch, b.epoch());
    }
  }

  @Test
  void aCouncilThatIsWellIsNotForced() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a")) {
      cluster.startAll();
      Verdict verdict = cluster.get(cluster.facade("a").forceCouncil(List.of()));
      assertEquals(
          new Verdict(Kind.REFUSED, "of the council of 1 only 0 are lost: it decides by itself"),
          verdict);
    }
  }

  private static Member member(TestCluster cluster, String asked, String name) {
    return cluster.get(cluster.facade(asked).cluster()).members().stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
