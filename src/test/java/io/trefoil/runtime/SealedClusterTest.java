package io.trefoil.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome.Done;
import io.trefoil.core.model.Outcome.Found;
import io.trefoil.core.model.Value;
import io.trefoil.runtime.TrefoilSettings.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedClusterTest {

  private static final Key APPLE = new Key("apple");
  private static final Value LARGE = Value.of(new byte[1 << 20]);
  private static final String K = "11".repeat(32);
  private static final String L = "22".repeat(32);

  @TempDir Path folder;

  @Test
  void aSealedClusterServes() throws Exception {
    servesWith(K, K, K);
  }

  @Test
  void aClusterServesWhileItsKeyIsRolledOut() throws Exception {
    servesWith("none," + K, K + ",none", "none," + K);
  }

  @Test
  void aClusterServesWhileItsKeyIsChanged() throws Exception {
    servesWith(K + "," + L, L + "," + K, K + "," + L);
  }

  private void servesWith(String a, String b, String c) throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.sealWith("a", a);
      cluster.sealWith("b", b);
      cluster.sealWith("c", c);
      cluster.startAll();

      assertInstanceOf(Done.class, cluster.ask("a", put()));

      for (String reader : List.of("a", "b", "c")) {
        Found found = assertInstanceOf(Found.class, cluster.ask(reader, get()));
        assertEquals(Optional.of(LARGE), found.record().orElseThrow().value());
        assertEquals(0, rejected(cluster, reader, "unknown-key", "not-sealed", "sealed"));
      }
    }
  }

  @Test
  void aNodeWithAnotherKeyNeverBecomesAMemberAndWithTheRightOneDoes() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      List.of("a", "b", "c").forEach(name -> cluster.sealWith(name, K));
      cluster.startAll();
      cluster.stop("c");

      cluster.sealWith("c", L);
      cluster.start("c");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  rejected(cluster, "a", "unknown-key") > 10
                      && rejected(cluster, "b", "unknown-key") > 10
                      && rejected(cluster, "c", "unknown-key") > 0);
      assertFalse(cluster.statuses.get("c").readiness().ready());
      assertInstanceOf(Done.class, cluster.ask("a", put()));

      cluster.stop("c");
      cluster.sealWith("c", K);
      cluster.start("c");
      cluster.awaitReady("c");
    }
  }

  private static double rejected(TestCluster cluster, String name, String... reasons) {
    double sum = 0;
    for (String reason : reasons) {
      var counter =
          cluster.meters.get(name).find("trefoil.packets.rejected").tag("reason", reason).counter();
      sum += counter == null ? 0 : counter.count();
    }
    return sum;
  }

  private static Operation put() {
    return new Operation.Put(APPLE, LARGE, new Condition.Always());
  }

  private static Operation get() {
    return new Operation.Get(APPLE, Consistency.LINEARIZABLE);
  }
}
