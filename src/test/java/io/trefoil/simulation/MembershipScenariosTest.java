package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.NodeId;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The heritage scenarios of membership, and a frozen node: ten nodes, counted by what they
/// announce.
class MembershipScenariosTest {

  private static final Duration DETECTION = Duration.ofSeconds(30);

  static LongStream seeds() {
    return Seeds.scenario();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSingleFailureIsSeenByEveryOtherNodeAndNothingElseIs(long seed) {
    Cluster cluster = Cluster.ready(seed);
    assertEquals(100, cluster.joins());
    int victim = cluster.anyRunning();
    cluster.crash(victim);
    cluster.run(DETECTION);
    assertEquals(9, cluster.removals(id(cluster, victim)::equals));
    assertEquals(9, cluster.removals(_ -> true));
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fiveFailuresAtOnceAreEachSeenByEverySurvivor(long seed) {
    Cluster cluster = Cluster.ready(seed);
    int first = cluster.random.nextInt(Cluster.NODES);
    List<NodeId> victims = new ArrayList<>();
    for (int next = 0; next < 5; next++) {
      int victim = (first + next) % Cluster.NODES;
      victims.add(id(cluster, victim));
      cluster.crash(victim);
    }
    cluster.run(DETECTION);
    assertEquals(25, cluster.removals(victims::contains));
    assertEquals(25, cluster.removals(_ -> true));
    for (NodeId victim : victims) {
      assertEquals(5, cluster.removals(victim::equals));
    }
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFailureUnderLossIsSeenAndNobodyElseIsCondemned(long seed) {
    Cluster cluster = Cluster.ready(seed);
    cluster.world.apply(new Fault.Links(LinkQuality.GOOD.losing(0.1)));
    cluster.run(Duration.ofSeconds(25));
    int victim = cluster.anyRunning();
    cluster.crash(victim);
    cluster.run(Duration.ofSeconds(50));
    assertEquals(9, cluster.removals(id(cluster, victim)::equals));
    assertEquals(9, cluster.removals(_ -> true));
    assertEquals(100, cluster.joins());
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFrozenNodeComesBackAndNobodyElseIsCondemned(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, Cluster.NODES));
    int frozen = cluster.anyRunning();
    var key = new io.trefoil.core.model.Key("kept");
    cluster.ask(
        cluster.anyRunning(), Cluster.put(key, "a", new io.trefoil.core.model.Condition.Absent()));
    cluster.world.apply(new Fault.Pause(frozen));
    cluster.run(Duration.ofSeconds(30));
    assertEquals(9, cluster.removals(id(cluster, frozen)::equals));
    cluster.world.apply(new Fault.Resume(frozen));
    cluster.run(Duration.ofSeconds(15));
    assertEquals(9, cluster.removals(_ -> true));
    for (int viewer = 0; viewer < Cluster.NODES; viewer++) {
      int other = viewer;
      assertTrue(viewer == frozen || cluster.isAlive(viewer, frozen), () -> other + " sees it");
      assertTrue(viewer == frozen || cluster.isAlive(frozen, viewer), () -> "it sees " + other);
    }
    assertTrue(Cluster.found(cluster.ask(frozen, Cluster.get(key))).isPresent());
    cluster.assertClean();
  }

  private static NodeId id(Cluster cluster, int host) {
    return cluster.world.host(host).id();
  }
}
