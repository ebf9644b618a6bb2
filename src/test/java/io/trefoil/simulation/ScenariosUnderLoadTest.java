package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.history.Linearizability;
import io.trefoil.simulation.invariant.Forcings;
import io.trefoil.simulation.invariant.Invariants;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What happens to a cluster that clients work on while it is split, frozen, grown, cut off from
/// power or restarted node by node: scenarios 24, 26, 27, 31 and 33. `-Dtrefoil.seeds=200` runs
/// more seeds than the build does.
class ScenariosUnderLoadTest {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final MapPolicy WAITING =
      new MapPolicy(
          MapPolicy.DEFAULT.evictionDelay(),
          MapPolicy.DEFAULT.seatDelay(),
          MapPolicy.DEFAULT.lease(),
          MajorityLoss.WAIT,
          MapPolicy.DEFAULT.movesAtOnce());

  static LongStream seeds() {
    return Seeds.some(3);
  }

  /// A minute outlasts the eviction delay. With [MajorityLoss#SURVIVOR] the side of the council
  /// then goes on alone where it has one voter of three, and what only the other two acknowledged
  /// is lost: the exception that promise 2 names. With [MajorityLoss#WAIT] there is none.
  @ParameterizedTest
  @MethodSource("seeds")
  void afterASplitThereIsOneViewAndNoConflict(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, Cluster.NODES).with(WAITING));
    splitForAMinute(cluster);
    cluster.assertClean();
  }

  /// The same as an operator has it who decides nothing: whatever was lost is on record.
  @ParameterizedTest
  @MethodSource("seeds")
  void afterASplitOnlyKeysOfForcedPartitionsMayHaveLostAWrite(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, Cluster.NODES));
    var forcings = new Forcings();
    cluster.world.observe(forcings);
    splitForAMinute(cluster);
    cluster.history.byKey().entrySet().stream()
        .filter(key -> !forcings.excuse(key.getKey()))
        .flatMap(key -> Linearizability.violation(key.getKey(), key.getValue()).stream())
        .forEach(sentence -> cluster.world.violated("history", sentence));
    assertEquals(List.of(), cluster.world.violations(), cluster::toString);
  }

  private static void splitForAMinute(Cluster cluster) {
    var load = new Load(cluster);
    run(cluster, 2_000);
    int small = List.of(1, 3, 5).get(cluster.random.nextInt(3));
    var side = IntStream.range(0, small).boxed().toList();
    cluster.world.apply(new Fault.Split(List.of(side)));
    cluster.run(Duration.ofSeconds(60));
    cluster.world.apply(new Fault.Reconnect());
    endsWell(cluster, load);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFrozenNodeComesBackAndNobodyElseIsCondemned(long seed) {
    Cluster cluster = Cluster.ready(seed);
    var load = new Load(cluster);
    run(cluster, 2_000);
    Host frozen = cluster.world.host(cluster.anyRunning());
    cluster.world.apply(new Fault.Pause(frozen.number()));
    cluster.run(Duration.ofSeconds(30));
    cluster.world.apply(new Fault.Resume(frozen.number()));
    endsWell(cluster, load);
    cluster.assertClean();
    assertEquals(0, cluster.removals(id -> !id.equals(frozen.id())), "false removals " + cluster);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNodeJoinsUnderLoadAndNoRequestFails(long seed) {
    Cluster cluster = new Cluster(WorldSettings.of(seed, 6).withSeeds(5));
    cluster.world.startSeeds();
    run(cluster, 10_000);
    var load = new Load(cluster);
    run(cluster, 3_000);
    cluster.world.apply(new Fault.Restart(5));
    endsWell(cluster, load);
    cluster.assertClean();
    Host joiner = cluster.world.host(5);
    ClusterMap map = cluster.node(0).map().orElseThrow();
    assertTrue(map.replicaSets().stream().anyMatch(set -> set.contains(joiner.id())));
    assertEquals(0, load.failed(), "failed requests " + cluster);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void afterAPowerCutEveryAcknowledgedWriteIsThere(long seed) {
    Cluster cluster = Cluster.ready(seed);
    var load = new Load(cluster);
    run(cluster, 5_000);
    cluster.world.hosts().forEach(host -> cluster.crash(host.number()));
    run(cluster, 3_000);
    cluster.world.startAll();
    endsWell(cluster, load);
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRollingRestartFailsNoRequestAndMovesNothing(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 3));
    var load = new Load(cluster);
    run(cluster, 3_000);
    List<ReplicaSet> before = cluster.node(0).map().orElseThrow().replicaSets();
    for (Host host : cluster.world.hosts()) {
      cluster.world.apply(new Fault.Stop(host.number(), false));
      run(cluster, 1_000);
      cluster.world.apply(new Fault.Restart(host.number()));
      cluster.await(SOON, "all is whole", () -> Redundancy.isWhole(cluster.world));
    }
    endsWell(cluster, load);
    cluster.assertClean();
    assertEquals(before, cluster.node(0).map().orElseThrow().replicaSets());
    assertEquals(0, load.failed(), "failed requests " + cluster);
  }

  /// Lets some time pass, the end of it drawn by the seed.
  private static void run(Cluster cluster, long millis) {
    cluster.run(Duration.ofMillis(millis + cluster.random.nextLong(millis)));
  }

  private static void endsWell(Cluster cluster, Load load) {
    run(cluster, 3_000);
    load.stop();
    cluster.run(Duration.ofSeconds(5));
    cluster.await(SOON, "all is whole", () -> allRun(cluster) && Redundancy.isWhole(cluster.world));
    assertTrue(load.done() > 50, () -> "operations: " + load.done() + " " + cluster);
    Invariants.atRest(cluster.world);
  }

  private static boolean allRun(Cluster cluster) {
    return cluster.world.hosts().stream().allMatch(host -> host.status() == Host.Status.UP);
  }
}
