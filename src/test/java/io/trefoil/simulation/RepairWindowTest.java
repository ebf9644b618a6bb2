package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Value;
import io.trefoil.simulation.invariant.Invariants;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What clients do between a death and the third copy, and what becomes of it when the dead return:
/// scenarios 15, 18 and 19. `-Dtrefoil.seeds=200` runs more seeds than the build does.
class RepairWindowTest {

  private static final int KEYS = 100;
  private static final int ATTEMPTS = 5;
  private static final Duration SOON = Duration.ofSeconds(90);

  /// The window opens with a crash and lasts for detection, these seconds, and the copies.
  private static final MapPolicy HASTY =
      new MapPolicy(
          Duration.ofSeconds(8),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          MajorityLoss.SURVIVOR,
          MapPolicy.DEFAULT.movesAtOnce());

  static LongStream seeds() {
    return Seeds.some(3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noneOfAHundredDeletesInARepairComesBack(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, Cluster.NODES).with(HASTY));
    writeAll(cluster, "old");
    int victim = crashOne(cluster);
    for (Key key : shuffled(seed)) {
      insist(cluster, Cluster.delete(key));
      assertEquals(Optional.empty(), read(cluster, key));
    }
    cluster.world.apply(new Fault.Restart(victim));
    endsWell(cluster);
    keys().forEach(key -> assertEquals(Optional.empty(), read(cluster, key)));
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyReadInARepairSeesTheLatestAcknowledgedUpdate(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, Cluster.NODES).with(HASTY));
    writeAll(cluster, "old");
    int victim = crashOne(cluster);
    for (Key key : shuffled(seed)) {
      insist(cluster, Cluster.put(key, "new " + key, new Condition.Present()));
      assertEquals(Optional.of(Cluster.value("new " + key)), read(cluster, key));
    }
    cluster.world.apply(new Fault.Restart(victim));
    endsWell(cluster);
    keys()
        .forEach(key -> assertEquals(Optional.of(Cluster.value("new " + key)), read(cluster, key)));
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ofTenNodesAllButTwoMayDieOneByOneAndWithOneLeftNothingIsLost(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, Cluster.NODES).with(HASTY));
    writeAll(cluster, "old");
    List<Integer> order =
        new ArrayList<>(cluster.world.hosts().stream().map(h -> h.number()).toList());
    Collections.shuffle(order, new Random(seed));
    for (int host : order.subList(0, 7)) {
      cluster.crash(host);
      cluster.await(SOON, "all is whole", () -> Redundancy.isWhole(cluster.world));
    }
    keys().forEach(key -> assertEquals(Optional.of(Cluster.value("old")), read(cluster, key)));
    cluster.crash(order.get(7));
    cluster.run(Duration.ofSeconds(cluster.random.nextLong(30)));
    writeAll(cluster, "two are left");
    cluster.crash(order.get(8));
    Outcome alone = cluster.ask(order.get(9), Cluster.get(key(0)));
    assertInstanceOf(Outcome.NotDone.class, alone);
    cluster.run(Duration.ofSeconds(cluster.random.nextLong(30)));
    order.subList(0, 9).forEach(host -> cluster.world.apply(new Fault.Restart(host)));
    endsWell(cluster);
    keys()
        .forEach(
            key -> assertEquals(Optional.of(Cluster.value("two are left")), read(cluster, key)));
    cluster.assertClean();
  }

  private static void endsWell(Cluster cluster) {
    cluster.run(Duration.ofSeconds(5));
    cluster.await(SOON, "all is whole", () -> Redundancy.isWhole(cluster.world));
    cluster.await(
        SOON, "all tombstones are gone", () -> Invariants.areTombstonesGone(cluster.world));
    Invariants.atRest(cluster.world);
  }

  private static int crashOne(Cluster cluster) {
    int victim = cluster.anyRunning();
    cluster.run(Duration.ofMillis(cluster.random.nextLong(1_000)));
    cluster.crash(victim);
    return victim;
  }

  private static void writeAll(Cluster cluster, String value) {
    keys().forEach(key -> insist(cluster, Cluster.put(key, value, new Condition.Always())));
  }

  /// Repeats an operation until it is done; a delete that finds nothing was done by an attempt
  /// before.
  private static void insist(Cluster cluster, Operation operation) {
    Outcome outcome = cluster.ask(cluster.anyRunning(), operation);
    for (int attempt = 1; attempt < ATTEMPTS && !isOver(outcome); attempt++) {
      outcome = cluster.ask(cluster.anyRunning(), operation);
    }
    assertEquals(true, isOver(outcome), outcome + " " + cluster);
  }

  private static boolean isOver(Outcome outcome) {
    return outcome instanceof Outcome.Done || outcome instanceof Outcome.Refused;
  }

  private static Optional<Value> read(Cluster cluster, Key key) {
    Outcome outcome = cluster.ask(cluster.anyRunning(), Cluster.get(key));
    for (int attempt = 1; attempt < ATTEMPTS && !(outcome instanceof Outcome.Found); attempt++) {
      outcome = cluster.ask(cluster.anyRunning(), Cluster.get(key));
    }
    assertInstanceOf(Outcome.Found.class, outcome, cluster::toString);
    return Cluster.found(outcome);
  }

  private static List<Key> shuffled(long seed) {
    List<Key> keys = new ArrayList<>(keys());
    Collections.shuffle(keys, new Random(seed));
    return keys;
  }

  private static List<Key> keys() {
    return LongStream.range(0, KEYS).mapToObj(RepairWindowTest::key).toList();
  }

  private static Key key(long number) {
    return new Key("key-" + number);
  }
}
