package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Event;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Value;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.WorldSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What happens to the ring when nodes die for good, return and join: scenarios 14, 15, 24, 25 and
/// 30. `-Dtrefoil.seeds=200` runs more seeds than the build does.
class RingHealsTest {

  private static final int KEYS = 40;
  private static final Duration SOON = Duration.ofSeconds(90);

  static List<Long> seeds() {
    return Seeds.some(5).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void threeCopiesStandAgainAfterANodeDies(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 5));
    write(cluster, 0);
    cluster.crash(4);
    awaitWhole(cluster);
    assertEquals(4, cluster.node(0).map().orElseThrow().members().size());
    readAll(cluster, "0");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNodeThatJoinsTakesItsShare(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 4).withSeeds(3));
    write(cluster, 0);
    awaitWhole(cluster);
    ClusterMap map = cluster.node(0).map().orElseThrow();
    assertEquals(4, map.members().size());
    NodeId joiner = cluster.world.host(3).id();
    assertTrue(map.replicaSets().stream().anyMatch(set -> set.contains(joiner)));
    readAll(cluster, "0");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNodeThatReturnsAfterItsEvictionShowsNothingOld(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 5));
    write(cluster, 0);
    cluster.crash(2);
    awaitWhole(cluster);
    write(cluster, 1);
    deleteSome(cluster);
    cluster.world.apply(new Fault.Restart(2));
    awaitWhole(cluster);
    assertEquals(5, cluster.node(0).map().orElseThrow().members().size());
    readAll(cluster, "1");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aWipedDiskIsReplacedAtOnce(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 3));
    write(cluster, 0);
    NodeId before = cluster.world.host(1).id();
    cluster.world.apply(new Fault.Wipe(1));
    awaitWhole(cluster);
    ClusterMap map = cluster.node(0).map().orElseThrow();
    assertTrue(map.member(before).isEmpty());
    readAll(cluster, "0");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatRotsOnADiskIsCopiedAnew(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 4));
    write(cluster, 0);
    cluster.world.apply(new Fault.Crash(1));
    cluster.world.apply(new Fault.Decay(1));
    cluster.world.apply(new Fault.Restart(1));
    readAll(cluster, "0");
    awaitWhole(cluster);
    assertTrue(cluster.said.stream().anyMatch(said -> said.event() instanceof Event.CopyDamaged));
    assertTrue(cluster.node(1).registers().damaged().isEmpty());
    readAll(cluster, "0");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nodesDieOneByOneAndNoKeyIsLost(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 7));
    write(cluster, 0);
    for (int host = 6; host >= 3; host--) {
      cluster.crash(host);
      awaitWhole(cluster);
    }
    readAll(cluster, "0");
    cluster.crash(2);
    cluster.run(Duration.ofSeconds(60));
    readAll(cluster, "0");
  }

  private static void write(Cluster cluster, int generation) {
    for (int key = 0; key < KEYS; key++) {
      Value value = Value.of((key + "-" + generation).getBytes(StandardCharsets.UTF_8));
      Operation put = new Operation.Put(key(key), value, new Condition.Always());
      assertInstanceOf(Outcome.Done.class, ask(cluster, put));
    }
  }

  /// Every fourth key goes.
  private static void deleteSome(Cluster cluster) {
    for (int key = 0; key < KEYS; key += 4) {
      Operation delete = new Operation.Delete(key(key), new Condition.Present());
      assertInstanceOf(Outcome.Done.class, ask(cluster, delete));
    }
  }

  private static void readAll(Cluster cluster, String generation) {
    for (int key = 0; key < KEYS; key++) {
      var get = new Operation.Get(key(key), Consistency.LINEARIZABLE);
      Outcome outcome = ask(cluster, get);
      Optional<String> seen =
          outcome instanceof Outcome.Found(var record)
              ? record.flatMap(r -> r.value()).map(RingHealsTest::text)
              : Optional.of(outcome.toString());
      boolean deleted = generation.equals("1") && key % 4 == 0;
      assertEquals(deleted ? Optional.empty() : Optional.of(key + "-" + generation), seen);
    }
    assertEquals(List.of(), cluster.world.violations());
  }

  private static Outcome ask(Cluster cluster, Operation operation) {
    List<Host> up = up(cluster);
    return cluster.ask(up.get(cluster.random.nextInt(up.size())).number(), operation);
  }

  private static void awaitWhole(Cluster cluster) {
    cluster.await(SOON, "all is whole", () -> isWhole(cluster));
    assertEqualCopies(cluster);
  }

  /// Everybody who runs goes by one map of those who run, and knows that it is stable.
  private static boolean isWhole(Cluster cluster) {
    List<Host> up = up(cluster);
    ClusterMap map = cluster.node(up.getFirst().number()).map().orElseThrow();
    return map.members().stream()
            .map(MapMember::id)
            .toList()
            .equals(up.stream().map(Host::id).sorted().toList())
        && up.stream()
            .map(host -> cluster.node(host.number()))
            .allMatch(
                node ->
                    node.maps().epoch() == map.epoch()
                        && node.maps().summary().isStableIn(map.epoch()));
  }

  /// Each key lies on the three nodes that vote for it, alike, and nowhere else.
  private static void assertEqualCopies(Cluster cluster) {
    ClusterMap map = cluster.node(up(cluster).getFirst().number()).map().orElseThrow();
    for (int key = 0; key < KEYS; key++) {
      int partition = map.partitions().of(key(key));
      ReplicaSet set = map.replicaSet(partition);
      Register first = held(cluster, set.all().getFirst(), partition, key(key));
      for (Host host : up(cluster)) {
        Register held = host.disk().latest(partition, key(key));
        assertEquals(
            set.contains(host.id()) ? first.record() : Optional.empty(),
            held.record(),
            () ->
                host
                    + " of "
                    + up(cluster)
                    + " in epoch "
                    + map.epoch()
                    + ", partition "
                    + partition
                    + ", "
                    + set
                    + ", "
                    + cluster.node(host.number()).stabilizer().progress(map.epoch())
                    + cluster);
      }
    }
  }

  private static Register held(Cluster cluster, NodeId node, int partition, Key key) {
    return up(cluster).stream()
        .filter(host -> host.id().equals(node))
        .map(host -> host.disk().latest(partition, key))
        .findFirst()
        .orElseThrow();
  }

  private static List<Host> up(Cluster cluster) {
    return cluster.world.hosts().stream().filter(host -> host.status() == Status.UP).toList();
  }

  private static Key key(int number) {
    return new Key("key-" + number);
  }

  private static String text(Value value) {
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }
}
