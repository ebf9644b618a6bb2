package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Value;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scenarios beyond the heritage that need no change of the map: 13, 16, 17, 20, 21, 22, 28 and
/// 32.
class BeyondScenariosTest {

  private static final Key KEY = new Key("key");
  private static final int MOST_VALUE_BYTES = 1 << 20;

  static LongStream seeds() {
    return Seeds.scenario();
  }

  static LongStream someSeeds() {
    return Seeds.some(10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyReplicaMayFailAndAnyPairOfThemIsTooMany(long seed) {
    Cluster cluster = Cluster.ready(seed);
    write(cluster, "a", new Condition.Absent());
    List<Integer> replicas = cluster.replicas(KEY);
    int first = cluster.random.nextInt(3);
    cluster.crash(replicas.get(first));
    assertEquals(value("a"), read(cluster));
    write(cluster, "b", new Condition.Present());
    cluster.crash(replicas.get((first + 1 + cluster.random.nextInt(2)) % 3));
    var starved = cluster.ask(cluster.anyRunning(), Cluster.get(KEY));
    assertInstanceOf(Outcome.NotDone.class, starved);
    for (int host : replicas) {
      cluster.world.apply(new Fault.Restart(host));
    }
    cluster.run(Duration.ofSeconds(20));
    assertEquals(value("b"), read(cluster));
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCreateOverAnExistingKeyIsRefusedAndKeepsTheOldValue(long seed) {
    Cluster cluster = Cluster.ready(seed);
    write(cluster, "old", new Condition.Absent());
    var create = Cluster.put(KEY, "new", new Condition.Absent());
    Outcome refused = cluster.ask(cluster.anyRunning(), create);
    assertEquals(
        value("old"), ((Outcome.Refused) refused).current().orElseThrow().value(), "it is told");
    assertEquals(value("old"), read(cluster));
    cluster.assertClean();
  }

  @Test
  void anyKeyAndAnyValueComeBackAsTheyWere() {
    Cluster cluster = Cluster.ready(0);
    var large = new byte[MOST_VALUE_BYTES];
    new Random(1).nextBytes(large);
    List<Value> values = new ArrayList<>(List.of(Value.of(large)));
    for (String text : List.of("", "::", ":", "%", "\0", "ä€🍀", "a\nb", "\"")) {
      values.add(Cluster.value(text));
    }
    for (String key : List.of("::", ":", "%", "\0", "ä€🍀", "x".repeat(Key.MAX_BYTES))) {
      for (Value value : values) {
        var put = new Operation.Put(new Key(key), value, new Condition.Always());
        assertInstanceOf(Outcome.Done.class, ask(cluster, put));
        Outcome found = ask(cluster, Cluster.get(new Key(key)));
        assertEquals(Optional.of(value), Cluster.found(found));
      }
    }
    assertEquals(List.of(), cluster.world.violations());
  }

  @ParameterizedTest
  @MethodSource("someSeeds")
  void twoThousandUpdatesUnderLossHaveOneOutcomeEachAndNoneIsReadStale(long seed) {
    LinkQuality lossy = LinkQuality.GOOD.losing(0.1);
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, Cluster.NODES).with(lossy));
    List<Optional<Outcome>> outcomes = new ArrayList<>();
    for (int update = 0; update < 2_000; update++) {
      Key key = new Key("key" + update % 100);
      cluster.begin(
          cluster.anyRunning(), Cluster.put(key, "v" + update, new Condition.Always()), outcomes);
      if (update % 4 == 0) {
        cluster.begin(cluster.anyRunning(), Cluster.get(key), outcomes);
      }
      cluster.run(Duration.ofMillis(5));
    }
    cluster.run(Duration.ofSeconds(3));
    assertEquals(2_500, outcomes.size());
    assertTrue(outcomes.stream().allMatch(Optional::isPresent));
    long done = outcomes.stream().filter(o -> isDefinite(o.orElseThrow())).count();
    assertTrue(done > 2_400, () -> "most are done: " + done);
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void afterAnUpdateWithoutQuorumReadsAgreeOnOldOrNewAndNeverAlternate(long seed) {
    Cluster cluster = Cluster.ready(seed);
    write(cluster, "old", new Condition.Absent());
    List<Integer> replicas = new ArrayList<>(cluster.replicas(KEY));
    Collections.shuffle(replicas, new Random(seed));
    int coordinator = cluster.anyRunning(host -> !replicas.contains(host));
    List<Optional<Outcome>> outcomes = new ArrayList<>();
    cluster.begin(coordinator, Cluster.put(KEY, "new", new Condition.Always()), outcomes);
    cluster.run(Duration.ofNanos(cluster.random.nextLong(1_500_000)));
    cluster.crash(replicas.get(0));
    cluster.crash(replicas.get(1));
    cluster.run(Duration.ofSeconds(3));
    assertEquals(1, outcomes.size());

    cluster.world.apply(new Fault.Heal());
    cluster.run(Duration.ofSeconds(20));
    Optional<Value> last = read(cluster);
    int changes = 0;
    for (int read = 0; read < 10; read++) {
      Optional<Value> next = read(cluster);
      changes += next.equals(last) ? 0 : 1;
      last = next;
    }
    assertTrue(changes <= 1, "it may turn up late, once: " + changes + " " + cluster);
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withAllReplicasDownNothingIsDoneAndTheDataIsBackWhenTheyAre(long seed) {
    Cluster cluster = Cluster.ready(seed);
    write(cluster, "a", new Condition.Absent());
    List<Integer> replicas = cluster.replicas(KEY);
    replicas.forEach(cluster::crash);
    int coordinator = cluster.anyRunning();
    Outcome read = cluster.ask(coordinator, Cluster.get(KEY));
    var reason = (Outcome.Reason.NoQuorum) ((Outcome.NotDone) read).reason();
    assertEquals(
        replicas.stream().map(host -> cluster.world.host(host).id()).sorted().toList(),
        reason.missing().stream().sorted().toList());
    replicas.forEach(host -> cluster.world.apply(new Fault.Restart(host)));
    cluster.run(Duration.ofSeconds(20));
    assertEquals(value("a"), read(cluster));
    cluster.assertClean();
  }

  /// 23: the clients of a coordinator that dies repeat their operation elsewhere.
  @Test
  void aRetryWithTheSameIdempotencyKeyIsDoneOnce() {
    int done = 0;
    int foundDone = 0;
    for (long seed = 0; seed < 100; seed++) {
      Cluster cluster = Cluster.ready(seed);
      write(cluster, "before", new Condition.Absent());
      List<Optional<Outcome>> outcomes = new ArrayList<>();
      int first = cluster.anyRunning();
      var update = Cluster.put(KEY, "once", new Condition.Present());
      cluster.begin(first, update, 77, outcomes);
      cluster.run(Duration.ofNanos(cluster.random.nextLong(10_000_000)));
      cluster.crash(first);
      cluster.run(Duration.ofMillis(1));
      boolean answered = outcomes.getFirst().isPresent();
      boolean wasThere = holds(cluster, "once");

      outcomes.clear();
      cluster.begin(cluster.anyRunning(), update, 77, outcomes);
      cluster.await(Duration.ofSeconds(3), "an answer", () -> !outcomes.isEmpty());
      boolean isDone = outcomes.getFirst().orElseThrow() instanceof Outcome.Done;
      assertTrue(isDone || !answered, "what was done is found to be " + cluster);
      if (isDone) {
        done++;
        foundDone += wasThere ? 1 : 0;
        assertEquals(value("once"), read(cluster));
        write(cluster, "after", new Condition.Always());
        cluster.world.apply(new Fault.Heal());
        cluster.run(Duration.ofSeconds(5));
        assertEquals(value("after"), read(cluster), "it is not done again " + cluster);
      }
      assertEquals(List.of(), cluster.world.violations());
    }
    assertTrue(done > 50 && foundDone > 10 && foundDone < done, done + ", before " + foundDone);
  }

  @ParameterizedTest
  @MethodSource("someSeeds")
  void theCounterIsTheNumberOfItsIncrements(long seed) {
    Report report = Simulation.run(SimulationSettings.of(seed, Cluster.NODES, Scenario.COUNTER));
    assertTrue(report.isClean(), report::summary);
    assertTrue(report.virtualTime().compareTo(Duration.ofSeconds(35)) < 0, "all were made");
  }

  @ParameterizedTest
  @MethodSource("someSeeds")
  void theSetHoldsWhatWasAddedToItUnderFireToo(long seed) {
    for (Scenario scenario : List.of(Scenario.SET, Scenario.SET_UNDER_FIRE)) {
      Report report = Simulation.run(SimulationSettings.of(seed, 5, scenario));
      assertTrue(report.isClean(), report::summary);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aWrongClockBreaksNothingAndIsNamed(long seed) {
    Cluster cluster = Cluster.ready(seed);
    Host wrong = cluster.world.host(cluster.anyRunning());
    long hour = Duration.ofHours(1).toMillis();
    long step = cluster.random.nextBoolean() ? hour : -hour;
    write(cluster, "before", new Condition.Absent());
    cluster.world.apply(new Fault.ClockStep(wrong.number(), step));
    for (int round = 0; round < 20; round++) {
      int coordinator = round % 2 == 0 ? wrong.number() : cluster.anyRunning();
      String text = "round " + round;
      var put = Cluster.put(KEY, text, new Condition.Present());
      assertInstanceOf(Outcome.Done.class, cluster.ask(coordinator, put));
      assertEquals(value(text), read(cluster));
      cluster.run(Duration.ofMillis(300));
    }
    assertTrue(cluster.said.stream().anyMatch(s -> names(s, wrong, step)), "it is named");
    cluster.assertClean();
  }

  /// Whether any replica that runs has accepted a value.
  private static boolean holds(Cluster cluster, String text) {
    return cluster.said.stream()
        .anyMatch(
            s ->
                s.event() instanceof Event.ReplicaServed served
                    && served.success()
                    && served.record().flatMap(r -> r.value()).equals(value(text)));
  }

  private static boolean names(Cluster.Said said, Host wrong, long step) {
    return said.host() == wrong.number()
        && said.event() instanceof Event.ClockSkewed(long skew)
        && Math.abs(skew - step) < 1_000;
  }

  private static boolean isDefinite(Outcome outcome) {
    return !(outcome instanceof Outcome.Unknown) && !(outcome instanceof Outcome.NotDone);
  }

  private static void write(Cluster cluster, String text, Condition condition) {
    assertInstanceOf(Outcome.Done.class, ask(cluster, Cluster.put(KEY, text, condition)));
  }

  private static Optional<Value> read(Cluster cluster) {
    Outcome outcome = ask(cluster, Cluster.get(KEY));
    assertInstanceOf(Outcome.Found.class, outcome);
    return Cluster.found(outcome);
  }

  private static Outcome ask(Cluster cluster, Operation operation) {
    return cluster.ask(cluster.anyRunning(), operation);
  }

  private static Optional<Value> value(String text) {
    return Optional.of(Cluster.value(text));
  }
}
