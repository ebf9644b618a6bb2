package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Outcome;
import io.trefoil.simulation.world.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The heritage scenarios of the store, counted as its graders count: what replicas announce, and
/// one for the coordinator. There is no repair yet, so where they wait for one, nodes are
/// restarted.
class StoreScenariosTest {

  private static final Key INVALID = new Key("invalidKey");

  static LongStream seeds() {
    return Seeds.scenario();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHundredCreatesSucceedOnThreeReplicasAndTheCoordinatorEach(long seed) {
    Cluster cluster = Cluster.ready(seed);
    long successes = 0;
    for (Key key : keys(100)) {
      Outcome outcome =
          cluster.ask(cluster.anyRunning(), Cluster.put(key, "of " + key, new Condition.Absent()));
      assertInstanceOf(Outcome.Done.class, outcome);
      assertEquals(3, cluster.served(0, OperationKind.CREATE, key, true));
      successes += 1 + cluster.served(0, OperationKind.CREATE, key, true);
    }
    assertEquals(400, successes);
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fiftyDeletesSucceedFourTimesEachAndAnInvalidOneFailsFourTimes(long seed) {
    Cluster cluster = Cluster.ready(seed);
    List<Key> keys = keys(50);
    keys.forEach(key -> create(cluster, key));
    int since = cluster.said.size();
    for (Key key : keys) {
      Outcome outcome = cluster.ask(cluster.anyRunning(), Cluster.delete(key));
      assertInstanceOf(Outcome.Done.class, outcome);
      assertEquals(3, cluster.served(since, OperationKind.DELETE, key, true));
    }
    Outcome invalid = cluster.ask(cluster.anyRunning(), Cluster.delete(INVALID));
    assertEquals(new Outcome.Refused(Optional.empty()), invalid);
    assertEquals(3, cluster.served(since, OperationKind.DELETE, INVALID, false));
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsGoOnWithTwoReplicasAndFailWithOne(long seed) {
    failAndRecover(Cluster.ready(seed), OperationKind.READ, (key, _) -> Cluster.get(key));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void updatesGoOnWithTwoReplicasAndFailWithOne(long seed) {
    failAndRecover(
        Cluster.ready(seed),
        OperationKind.UPDATE,
        (key, number) -> Cluster.put(key, "newValue" + number, new Condition.Present()));
  }

  private interface Attempt {
    Operation on(Key key, int number);
  }

  private static void failAndRecover(Cluster cluster, OperationKind kind, Attempt attempt) {
    Key key = new Key("key" + cluster.random.nextInt(1_000));
    create(cluster, key);
    List<Integer> replicas = cluster.replicas(key);
    assertSuccesses(cluster, kind, attempt.on(key, 1), 3, 4);

    cluster.crash(replicas.get(2));
    assertSuccesses(cluster, kind, attempt.on(key, 2), 3, 3);

    cluster.crash(replicas.get(1));
    int since = cluster.said.size();
    Outcome starved = cluster.ask(cluster.anyRunning(), attempt.on(key, 3));
    assertInstanceOf(Outcome.NotDone.class, starved, "nothing was sent that could be half done");
    assertEquals(0, cluster.served(since, kind, key, false), "one fail: the coordinator's");

    cluster.world.apply(new Fault.Restart(replicas.get(1)));
    cluster.world.apply(new Fault.Restart(replicas.get(2)));
    cluster.run(java.time.Duration.ofSeconds(20));
    assertSuccesses(cluster, kind, attempt.on(key, 4), 3, 4);

    cluster.crash(cluster.anyRunning(host -> !replicas.contains(host)));
    assertSuccesses(cluster, kind, attempt.on(key, 5), 3, 4);
    assertFails(cluster, kind, attempt.on(INVALID, 6));
    cluster.assertClean();
  }

  private static void assertSuccesses(
      Cluster cluster, OperationKind kind, Operation operation, int least, int most) {
    int since = cluster.said.size();
    Outcome outcome = cluster.ask(cluster.anyRunning(), operation);
    assertTrue(isSuccess(outcome), () -> outcome + " " + cluster);
    long successes = 1 + cluster.served(since, kind, operation.key(), true);
    assertTrue(successes >= least && successes <= most, () -> successes + " successes " + cluster);
  }

  private static void assertFails(Cluster cluster, OperationKind kind, Operation operation) {
    int since = cluster.said.size();
    Outcome outcome = cluster.ask(cluster.anyRunning(), operation);
    assertTrue(!isSuccess(outcome), outcome::toString);
    long fails = 1 + cluster.served(since, kind, operation.key(), false);
    assertTrue(fails == 3 || fails == 4, () -> fails + " fails " + cluster);
  }

  private static boolean isSuccess(Outcome outcome) {
    return outcome instanceof Outcome.Done || Cluster.found(outcome).isPresent();
  }

  private static void create(Cluster cluster, Key key) {
    var create = Cluster.put(key, "of " + key, new Condition.Absent());
    assertInstanceOf(Outcome.Done.class, cluster.ask(cluster.anyRunning(), create));
  }

  private static List<Key> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Key("key%02d".formatted(i))).toList();
  }
}
