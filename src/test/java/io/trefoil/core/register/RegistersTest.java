package io.trefoil.core.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.Accepted;
import io.trefoil.core.register.RegisterMessage.Delegate;
import io.trefoil.core.register.RegisterMessage.Prepare;
import io.trefoil.core.register.RegisterMessage.Read;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The paths of protocol §4, one message at a time. Nodes 0, 1 and 2 vote; node 3 only coordinates.
class RegistersTest {

  private static final Key KEY = new Key("k");

  private final Ensemble ensemble = new Ensemble(4, Rule.ALL);

  @Test
  void aBlindWriteTakesOneRoundTripAndIsReadInOne() {
    long put = ensemble.ask(3, put("a"));
    assertEquals(3, count(Accept.class));
    ensemble.deliverAll();
    assertEquals(3, done(put).acknowledgements() + 1, "two of three suffice");

    long get = ensemble.ask(1, get());
    assertEquals(3, count(Read.class));
    ensemble.deliver(f -> !(f.message() instanceof Prepare));
    assertEquals(Optional.of("a"), found(get));
    assertEquals(0, ensemble.flights.size(), "nothing else was needed");
  }

  @Test
  void aKeyNobodyWroteIsAbsent() {
    long get = ensemble.ask(3, get());
    ensemble.deliverAll();
    assertEquals(Optional.empty(), found(get));
  }

  @Test
  void createRefusesAnExistingKeyAndTellsItsVersion() {
    long first = ensemble.ask(0, create("a"));
    ensemble.deliverAll();
    long second = ensemble.ask(1, create("b"));
    ensemble.deliverAll();
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcome(second));
    assertEquals(done(first).version(), refused.current().orElseThrow().version());
    assertEquals(Optional.of("a"), read(2));
  }

  @Test
  void updateAndDeleteRefuseAnAbsentKey() {
    long update = ensemble.ask(0, update("a"));
    long delete = ensemble.ask(1, delete());
    ensemble.deliverAll();
    assertEquals(new Outcome.Refused(Optional.empty()), outcome(update));
    assertEquals(new Outcome.Refused(Optional.empty()), outcome(delete));
  }

  @Test
  void aDeletedKeyIsAbsentAndCanBeCreatedAgain() {
    write(0, create("a"));
    write(1, delete());
    assertEquals(Optional.empty(), read(2));
    write(2, create("b"));
    assertEquals(Optional.of("b"), read(0));
  }

  @Test
  void compareAndSetHoldsForItsVersionOnly() {
    Version first = write(0, put("a"));
    Version second = write(1, cas("b", first));
    long stale = ensemble.ask(2, cas("c", first));
    ensemble.deliverAll();
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcome(stale));
    assertEquals(second, refused.current().orElseThrow().version());
    assertEquals(Optional.of("b"), read(3));
  }

  @Test
  void aReadWithoutAgreementFinishesWhatWasHalfDone() {
    write(0, put("a"));
    ensemble.ask(3, put("b"));
    ensemble.deliver(f -> f.message() instanceof Accept && f.to() == 0);
    ensemble.drop(_ -> true);
    long get = ensemble.ask(1, get());
    ensemble.deliver(f -> f.to() != 2 && f.from() != 2);
    ensemble.pass(20);
    ensemble.deliver(f -> f.to() != 2 && f.from() != 2);
    assertEquals(Optional.of("b"), found(get));
    ensemble.drop(_ -> true);
    assertEquals(Optional.of("b"), read(2), "once seen, it stays");
  }

  @Test
  void aLostBlindWriteThatSurvivesSomewhereIsFinished() {
    write(0, put("a"));
    long put = ensemble.ask(3, put("b"));
    ensemble.deliver(f -> f.message() instanceof Accept && f.to() == 0);
    ensemble.drop(_ -> true);
    raisePromise(1);
    raisePromise(2);
    ensemble.run(500);
    Version version = done(put).version();
    assertEquals(version, ensemble.register(1, KEY).record().orElseThrow().version());
    assertEquals(Optional.of("b"), read(1));
  }

  @Test
  void aLostBlindWriteThatNobodyRemembersIsEvaluatedAgain() {
    write(0, put("a"));
    long put = ensemble.ask(3, put("b"));
    ensemble.drop(_ -> true);
    ensemble.run(500);
    done(put);
    assertEquals(Optional.of("b"), read(1));
  }

  @Test
  void aLostBlindWriteThatAQuorumHeldBeforeItWasOverwrittenIsDone() {
    long lost = ensemble.ask(3, put("a"));
    ensemble.deliver(f -> f.message() instanceof Accept && f.to() <= 1);
    ensemble.drop(f -> f.message() instanceof Accepted || f.message() instanceof Accept);
    ensemble.pass(1);
    write(0, put("b"));
    ensemble.run(500);
    assertEquals(2, done(lost).acknowledgements());
    assertEquals(Optional.of("b"), read(2), "it is not written again");
  }

  @Test
  void aLostBlindWriteThatOneVoterHeldBeforeItWasOverwrittenIsEvaluatedAgain() {
    long lost = ensemble.ask(3, put("a"));
    ensemble.deliver(f -> f.message() instanceof Accept && f.to() == 0);
    ensemble.drop(f -> f.message() instanceof Accepted || f.message() instanceof Accept);
    ensemble.pass(1);
    write(0, put("b"));
    ensemble.run(500);
    done(lost);
    assertEquals(Optional.of("a"), read(2), "two others testify that it had not happened");
  }

  @Test
  void aLostBlindWriteOfWhichTheDecisiveVoterIsAwayIsUnknown() {
    long lost = ensemble.ask(3, put("a"));
    ensemble.deliver(f -> f.message() instanceof Accept && f.to() == 0);
    ensemble.drop(_ -> true);
    ensemble.pass(1);
    ensemble.hide(2);
    long put = ensemble.ask(0, put("b"));
    ensemble.deliver(f -> f.to() <= 1 && f.from() <= 1);
    done(put);
    for (int step = 0; step < 500; step++) {
      ensemble.deliver(f -> f.to() != 2 && f.from() != 2);
      ensemble.drop(_ -> true);
      ensemble.pass(5);
    }
    assertEquals(new Outcome.Unknown(new Reason.Forgotten()), outcome(lost));
  }

  @Test
  void aReplicaThatRestartedCannotTestifyThatAWriteNeverHappened() {
    write(0, put("a"));
    long lost = ensemble.ask(3, put("b"));
    ensemble.drop(_ -> true);
    ensemble.start(0);
    ensemble.start(1);
    ensemble.start(2);
    raisePromise(0);
    raisePromise(1);
    raisePromise(2);
    ensemble.run(500);
    assertEquals(new Outcome.Unknown(new Reason.Forgotten()), outcome(lost));
  }

  @Test
  void withoutAQuorumNothingIsDoneAndTheMissingAreNamed() {
    ensemble.hide(1);
    ensemble.pass(1);
    ensemble.hide(2);
    long put = ensemble.ask(0, put("a"));
    for (int step = 0; step < 500; step++) {
      ensemble.deliver(f -> f.to() == 0 && f.from() == 0);
      ensemble.drop(_ -> true);
      ensemble.pass(5);
    }
    assertEquals(
        new Outcome.NotDone(new Reason.NoQuorum(List.of(Ensemble.id(1), Ensemble.id(2)))),
        outcome(put));
    assertEquals(Optional.empty(), ensemble.register(0, KEY).record());
  }

  @Test
  void aBlindWriteThatReachedOneVoterOnlyIsUnknown() {
    long put = ensemble.ask(0, put("a"));
    for (int step = 0; step < 500; step++) {
      ensemble.deliver(f -> f.to() == 0 && f.from() == 0);
      ensemble.drop(_ -> true);
      ensemble.pass(5);
    }
    assertInstanceOf(Outcome.Unknown.class, outcome(put));
  }

  @Test
  void anOutbidReadIsHandedToTheFirstLiveVoter() {
    ensemble.ask(0, put("a"));
    ensemble.deliver(f -> f.to() == 0 && f.from() == 0);
    ensemble.drop(_ -> true);
    long read = ensemble.ask(3, new Operation.Get(KEY, Consistency.LINEARIZABLE));
    ensemble.deliver(f -> !(f.message() instanceof Prepare));
    raisePromise(0);
    raisePromise(1);
    raisePromise(2);
    ensemble.deliver(f -> !(f.message() instanceof Delegate));
    assertEquals(List.of(0), ensemble.flights.stream().map(Ensemble.Flight::to).toList());
    ensemble.run(500);
    assertInstanceOf(Outcome.Found.class, outcome(read));
  }

  @Test
  void anOutbidChangeIsHandedToTheFirstLiveVoter() {
    write(0, put("a"));
    long update = outbidUpdate("b");
    assertEquals(List.of(0), ensemble.flights.stream().map(Ensemble.Flight::to).toList());
    ensemble.run(500);
    done(update);
    assertEquals(Optional.of("b"), read(1));
  }

  @Test
  void aChangeThatWasHandedOverIsNeverRunTwice() {
    write(0, put("a"));
    long update = outbidUpdate("b");
    Ensemble.Flight handOver = ensemble.flights.getFirst();
    ensemble.run(500);
    done(update);
    write(1, put("c"));
    ensemble.hear(handOver);
    ensemble.run(500);
    assertEquals(Optional.of("c"), read(2));
    ensemble.start(0);
    ensemble.hear(handOver);
    ensemble.run(500);
    assertEquals(Optional.of("c"), read(2), "another run does not know what the last one ran");
  }

  @Test
  void aChangeThatWasHandedOverIsUnknownIfTheVoterDies() {
    write(0, put("a"));
    long update = outbidUpdate("b");
    ensemble.drop(f -> f.message() instanceof Delegate);
    ensemble.hide(0);
    for (int step = 0; step < 500; step++) {
      ensemble.deliver(f -> f.to() != 0 && f.from() != 0);
      ensemble.drop(_ -> true);
      ensemble.pass(5);
    }
    assertInstanceOf(Outcome.Unknown.class, outcome(update));
  }

  @Test
  void aReplicaPoisonedByAClockFarAheadStopsNobody() {
    write(0, put("a"));
    ensemble.wallOffsets.put(2, 3_600_000L);
    ensemble.ask(2, update("far"));
    ensemble.deliver(f -> f.to() == 2 && f.from() == 2);
    ensemble.drop(_ -> true);
    ensemble.wallOffsets.clear();
    raisePromise(1);
    long update = ensemble.ask(0, update("b"));
    ensemble.run(500);
    done(update);
  }

  @Test
  void aWriteIsResolvedAboveItsFirstBallotEvenIfTheClockWasSetBack() {
    ensemble.wallOffsets.put(2, 3_600_000L);
    long put = ensemble.ask(2, put("far"));
    ensemble.deliver(f -> f.to() == 2 && f.from() == 2);
    ensemble.wallOffsets.clear();
    for (int step = 0; step < 500; step++) {
      ensemble.deliver(f -> f.to() != f.from());
      ensemble.drop(_ -> true);
      ensemble.pass(5);
    }
    assertInstanceOf(Outcome.Unknown.class, outcome(put), "it still lies above all others at one");
  }

  @Test
  void anIdempotencyKeyMakesARetryTheSameOperation() {
    Request once = new Request(update("b"), Request.Ack.QUORUM, 77, 2_000);
    write(0, put("a"));
    long first = ensemble.ask(1, once);
    ensemble.deliverAll();
    long second = ensemble.ask(2, once);
    ensemble.deliverAll();
    assertEquals(done(first).version(), done(second).version());

    write(0, put("c"));
    long third = ensemble.ask(3, once);
    ensemble.deliverAll();
    assertEquals(done(first).version(), done(third).version(), "remembered by the replicas");
    assertEquals(Optional.of("c"), read(3));
  }

  @Test
  void anIdempotencyKeyAcceptedUnderDifferentBallotsWasNotDone() {
    Request once = new Request(update("b"), Request.Ack.QUORUM, 77, 2_000);
    write(0, put("a"));
    ensemble.ask(3, once);
    ensemble.deliver(f -> !(f.message() instanceof Accept) || f.to() == 0);
    ensemble.drop(_ -> true);
    ensemble.start(3);
    ensemble.ask(3, new Operation.Get(KEY, Consistency.LINEARIZABLE));
    for (int step = 0; step < 20; step++) {
      ensemble.pass(5);
      ensemble.deliver(f -> f.to() != 2 && (!(f.message() instanceof Accept) || f.to() == 1));
      ensemble.drop(_ -> true);
    }
    ensemble.start(3);
    assertEquals(ensemble.register(0, KEY).record(), ensemble.register(1, KEY).record());
    ensemble.pass(10);
    write(2, put("c"));

    long retry = ensemble.ask(3, once);
    for (int step = 0; step < 20; step++) {
      ensemble.deliver(f -> f.to() != 2);
      ensemble.drop(_ -> true);
      ensemble.pass(5);
    }
    assertInstanceOf(Outcome.Unknown.class, outcome(retry));
    assertEquals(Optional.of("c"), read(1));
  }

  @Test
  void acknowledgementByAllWaitsForTheThird() {
    Request all = new Request(put("a"), Request.Ack.ALL, 0, 2_000);
    long put = ensemble.ask(3, all);
    ensemble.deliver(f -> f.to() != 2);
    assertNull(ensemble.outcomes.get(put));
    ensemble.deliverAll();
    assertEquals(3, done(put).acknowledgements());

    long shortOfOne = ensemble.ask(3, all);
    for (int step = 0; step < 500; step++) {
      ensemble.deliver(f -> f.to() != 2);
      ensemble.drop(_ -> true);
      ensemble.pass(5);
    }
    assertEquals(2, done(shortOfOne).acknowledgements());
  }

  @Test
  void aClientIsKeptWaitingUntilItIsAnsweredOrLacksVoters() {
    assertFalse(isClientWaiting(0));
    long put = ensemble.ask(3, put("a"));
    ensemble.pass(5);
    assertTrue(isClientWaiting(5));
    assertFalse(isClientWaiting(6));
    ensemble.deliver(f -> f.to() != 2);
    done(put);
    assertFalse(isClientWaiting(5), "only the third voter has not answered");

    ensemble.drop(_ -> true);
    ensemble.ask(3, put("b"));
    ensemble.pass(999);
    assertTrue(isClientWaiting(5));
    ensemble.pass(1);
    assertFalse(isClientWaiting(5), "it waits for voters, not for this node");
  }

  private boolean isClientWaiting(long longerThanMillis) {
    return ensemble
        .node(3)
        .coordinator()
        .isClientWaiting(Duration.ofMillis(longerThanMillis), ensemble.now());
  }

  @Test
  void aKeyIsPendingUntilEveryVoterIsKnownToHoldIt() {
    ensemble.ask(3, put("a"));
    ensemble.deliver(f -> f.to() != 2);
    assertEquals(1, ensemble.node(0).pendingKeys());
    ensemble.deliverAll();
    ensemble.run(100);
    for (int node = 0; node < 3; node++) {
      assertEquals(0, ensemble.node(node).pendingKeys());
    }
    assertEquals(0, ensemble.node(3).coordinator().openOperations());
  }

  @Test
  void aKeyThatOneVoterLacksIsOverdueAfterTwoSecondsHoweverOftenItIsWritten() {
    for (int step = 0; step < 6; step++) {
      assertTrue(ensemble.overdue(0).isEmpty(), "after " + step * 400 + " ms");
      long put = ensemble.ask(3, put("v" + step));
      ensemble.deliver(f -> f.to() != 2);
      ensemble.drop(_ -> true);
      done(put);
      ensemble.pass(400);
      ensemble.drop(_ -> true);
    }
    assertEquals(1, ensemble.overdue(0).cardinality());
    ensemble.run(500);
    write(3, put("last"));
    ensemble.run(500);
    assertTrue(ensemble.overdue(0).isEmpty());
  }

  @Test
  void aReplicasPartIsToldWhenItIsOnItsDiskWithTheTimeItTook() {
    ensemble.syncNanos = 3_000_000;
    write(3, create("a"));
    read(3);

    assertEquals(List.of(3_000_000L, 3_000_000L, 3_000_000L), took(OperationKind.CREATE));
    assertEquals(List.of(0L, 0L, 0L), took(OperationKind.READ));
  }

  @Test
  void everyReplicaAnnouncesItsPartOnce() {
    write(3, create("a"));
    assertEquals(3, served(OperationKind.CREATE, true));
    Ensemble.Flight[] repeated = new Ensemble.Flight[1];
    ensemble.ask(3, get());
    repeated[0] = ensemble.flights.getFirst();
    ensemble.deliverAll();
    ensemble.hear(repeated[0]);
    assertEquals(3, served(OperationKind.READ, true));
    ensemble.ask(3, new Operation.Delete(new Key("other"), new Condition.Present()));
    ensemble.deliverAll();
    assertEquals(3, served(OperationKind.DELETE, false));
    assertEquals(0, served(OperationKind.DELETE, true));
  }

  @Test
  void aClockAnHourAheadIsRefusedButTheKeyStaysWritable() {
    ensemble.wallOffsets.put(3, 3_600_000L);
    long ahead = ensemble.ask(3, put("future"));
    ensemble.run(3_000);
    assertFalse(outcome(ahead) instanceof Outcome.Done);
    write(0, put("now"));
    assertEquals(Optional.of("now"), read(1));
  }

  @Test
  void whatAQuorumAcceptedFromTheFutureCanBeOverwritten() {
    for (int node = 0; node < 3; node++) {
      ensemble.wallOffsets.put(node, 3_600_000L);
    }
    write(0, put("future"));
    ensemble.wallOffsets.clear();
    for (int node = 0; node < 3; node++) {
      ensemble.start(node);
    }
    long put = ensemble.ask(0, update("now"));
    ensemble.run(1_000);
    done(put);
    assertEquals(Optional.of("now"), read(1));
  }

  @Test
  void anyReplicaWillDoForAReadThatOptsOut() {
    write(0, put("a"));
    long get = ensemble.ask(3, new Operation.Get(KEY, Consistency.ONE));
    assertEquals(1, count(Read.class));
    ensemble.deliverAll();
    assertEquals(Optional.of("a"), found(get));
  }

  @Test
  void anInspectionTellsWhatEveryVoterHolds() {
    write(0, put("a"));
    long inspect = ensemble.ask(3, new Operation.Inspect(KEY));
    ensemble.deliverAll();
    Outcome.Inspected seen = assertInstanceOf(Outcome.Inspected.class, outcome(inspect));
    assertEquals(3, seen.holdings().size());
    assertEquals(1, seen.holdings().stream().map(h -> h.accepted()).distinct().count());
  }

  /// An update at node 3 that all voters have outbid.
  private long outbidUpdate(String value) {
    long update = ensemble.ask(3, update(value));
    raisePromise(0);
    raisePromise(1);
    raisePromise(2);
    ensemble.deliver(f -> !(f.message() instanceof Delegate));
    return update;
  }

  /// Makes a voter promise another coordinator's ballot from some way ahead.
  private void raisePromise(int node) {
    Ensemble.Flight prepare =
        new Ensemble.Flight(
            2,
            node,
            new Prepare(
                new Exchange(999, 1),
                new Subject(KEY, 0, 1),
                new io.trefoil.core.model.Ballot(
                    1,
                    io.trefoil.core.model.HybridTimestamp.ofMillis(
                        Ensemble.WALL_MILLIS + 1_000 + 300),
                    Ensemble.id(2),
                    12345),
                new Intent(
                    OperationKind.REPAIR,
                    new Condition.Always(),
                    new Version(io.trefoil.core.model.Ballot.ZERO),
                    0)));
    ensemble.hear(prepare);
  }

  private long served(OperationKind kind, boolean success) {
    return ensemble.events.stream()
        .filter(
            e ->
                e instanceof Event.ReplicaServed(var k, _, _, boolean s, _, _)
                    && k == kind
                    && s == success)
        .count();
  }

  private List<Long> took(OperationKind kind) {
    List<Long> nanos = new ArrayList<>();
    for (Event event : ensemble.events) {
      if (event instanceof Event.ReplicaServed served && served.kind() == kind) {
        nanos.add(served.nanos());
      }
    }
    return nanos;
  }

  private long count(Class<?> type) {
    return ensemble.flights.stream().filter(f -> type.isInstance(f.message())).count();
  }

  private Version write(int node, Operation operation) {
    long number = ensemble.ask(node, operation);
    ensemble.run(50);
    return done(number).version();
  }

  private Optional<String> read(int node) {
    long number = ensemble.ask(node, get());
    ensemble.run(50);
    return found(number);
  }

  private Outcome outcome(long number) {
    Outcome outcome = ensemble.outcomes.get(number);
    assertTrue(outcome != null, "there is an answer");
    return outcome;
  }

  private Outcome.Done done(long number) {
    return assertInstanceOf(Outcome.Done.class, outcome(number));
  }

  private Optional<String> found(long number) {
    Outcome.Found found = assertInstanceOf(Outcome.Found.class, outcome(number));
    return found
        .record()
        .flatMap(Record::value)
        .map(v -> new String(v.bytes(), StandardCharsets.UTF_8));
  }

  private static Value value(String text) {
    return Value.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Operation get() {
    return new Operation.Get(KEY, Consistency.LINEARIZABLE);
  }

  private static Operation put(String text) {
    return new Operation.Put(KEY, value(text), new Condition.Always());
  }

  private static Operation create(String text) {
    return new Operation.Put(KEY, value(text), new Condition.Absent());
  }

  private static Operation update(String text) {
    return new Operation.Put(KEY, value(text), new Condition.Present());
  }

  private static Operation cas(String text, Version version) {
    return new Operation.Put(KEY, value(text), new Condition.VersionIn(List.of(version)));
  }

  private static Operation delete() {
    return new Operation.Delete(KEY, new Condition.Present());
  }
}
