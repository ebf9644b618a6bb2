package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A cluster is upgraded node by node, and back: it works all the while, and no data moves.
class MixedReleasesTest {

  private static final int NODES = 4;
  private static final Key KEY = new Key("key");
  private static final Duration SOON = Duration.ofSeconds(30);

  static List<Long> seeds() {
    return Seeds.some(5).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aClusterOfTwoReleasesWorksAtEveryStep(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, NODES));
    put(cluster, 0, "first");
    List<ReplicaSet> before = cluster.node(0).map().orElseThrow().replicaSets();

    roll(cluster, Fault.Upgrade::new);
    roll(cluster, Fault.Downgrade::new);

    assertEquals(before, cluster.node(0).map().orElseThrow().replicaSets());
    cluster.assertClean();
  }

  private static void roll(Cluster cluster, IntFunction<Fault> change) {
    for (int host = 0; host < NODES; host++) {
      cluster.world.apply(change.apply(host));
      cluster.await(SOON, "all are ready and see each other", () -> isWhole(cluster));
      String value = "after " + change.apply(host);
      put(cluster, host, value);
      for (int reader = 0; reader < NODES; reader++) {
        Outcome read = cluster.ask(reader, Cluster.get(KEY));
        assertEquals(Optional.of(Cluster.value(value)), Cluster.found(read));
      }
    }
  }

  private static boolean isWhole(Cluster cluster) {
    for (int host = 0; host < NODES; host++) {
      for (int other = 0; other < NODES; other++) {
        if (!cluster.node(host).isReady() || other != host && !cluster.isAlive(host, other)) {
          return false;
        }
      }
    }
    return true;
  }

  private static void put(Cluster cluster, int host, String value) {
    var put = Cluster.put(KEY, value, new Condition.Always());
    assertInstanceOf(Outcome.Done.class, cluster.ask(host, put));
  }
}
