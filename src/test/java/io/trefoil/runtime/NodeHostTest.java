package io.trefoil.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.map.MapAlarm;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.NotDone;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Request;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.storage.MemoryStore;
import io.trefoil.storage.SyncPolicy;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The host with a machine of the test's own making in place of a node.
class NodeHostTest {

  private static final Key APPLE = new Key("apple");
  private static final Alarm ALARM = new Alarm.OfMap(new MapAlarm.PullDue());
  private static final Request READ =
      Request.of(new Operation.Get(APPLE, Consistency.LINEARIZABLE));

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final List<String> inputs = new CopyOnWriteArrayList<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private final List<String> watched = new CopyOnWriteArrayList<>();
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
  private final List<Effect<Envelope, Alarm, Write>> wanted = new ArrayList<>();
  private final Watcher watcher =
      new Watcher() {
        @Override
        public void ended(long number, Request request, Outcome outcome, long nanos) {
          watched.add("ended " + request.operation().kind().label());
        }

        @Override
        public void happened(Event event) {
          watched.add(event.toString());
        }
      };
  private final Machine<Envelope, Alarm, Write> machine = this::take;
  private final NodeHost host =
      new NodeHost(
          machine,
          new Surroundings(
              loop,
              new MemoryStore(() -> 5),
              SyncPolicy.ALWAYS,
              (_, _) -> inputs.add("sent"),
              watcher,
              broken::add));

  @AfterEach
  void close() {
    TestCluster.wait(vertx.close());
  }

  /// Notes the input, and emits what the test wants, once.
  private void take(Input<Envelope, Alarm> input, Now now, Sink<Envelope, Alarm, Write> out) {
    inputs.add(
        switch (input) {
          case Input.Heard<Envelope, Alarm> _ -> "heard";
          case Input.Fired(var alarm, _) -> "fired " + alarm.equals(ALARM);
          case Input.Persisted(var ticket) -> "persisted " + ticket;
          case Input.Fetched(var ticket, var register) -> "fetched " + ticket + " " + register;
          case Input.Scanned(var ticket, var registers, var last) ->
              "scanned " + ticket + " " + registers.size() + " " + last;
          case Input.Unreadable(var ticket) -> "unreadable " + ticket;
          case Input.Asked(var number, _) -> "asked " + number;
          case Input.Told(var news) -> "told " + news;
        });
    List<Effect<Envelope, Alarm, Write>> effects = List.copyOf(wanted);
    wanted.clear();
    effects.forEach(out::emit);
  }

  @Test
  void writesReadsAndAlarmsComeBackAsInputs() {
    Write write = new Write.OfRegister(new RegisterWrite.Changed(0, APPLE, Register.EMPTY));
    onLoop(
        () -> {
          wanted.add(new Effect.Persist<>(7, write));
          wanted.add(new Effect.Fetch<>(8, 0, APPLE));
          wanted.add(new Effect.Wake<>(ALARM, Duration.ofMillis(1)));
          host.tell(new News.Started());
        });

    await().until(() -> inputs.size() == 4);
    assertEquals("told Started[]", inputs.getFirst());
    assertTrue(inputs.indexOf("persisted 7") < inputs.indexOf("fetched 8 " + Register.EMPTY));
    assertTrue(inputs.contains("fired true"));
  }

  @Test
  void cancelledAlarmNeverFires() {
    onLoop(
        () -> {
          wanted.add(new Effect.Wake<>(ALARM, Duration.ofMillis(1)));
          wanted.add(new Effect.Cancel<>(ALARM));
          host.tell(new News.Started());
        });
    TestCluster.wait(vertx.timer(30).mapEmpty());

    assertEquals(List.of("told Started[]"), inputs);
  }

  @Test
  void replyReachesTheClientAndTheWatcher() {
    Outcome outcome = new NotDone(new Reason.NotReady());
    onLoop(
        () -> {
          wanted.add(new Effect.Reply<>(1, outcome));
          host.ask(READ, outcomes::add);
        });

    await().until(() -> outcomes.size() == 1);
    assertEquals(List.of(outcome), outcomes);
    assertEquals(List.of("ended read"), watched);
  }

  @Test
  void announcementsAndRejectedPacketsReachTheWatcher() {
    onLoop(
        () -> {
          wanted.add(new Effect.Announce<>(new Event.MapAdopted(1)));
          host.tell(new News.Started());
          host.rejected("malformed");
        });

    await().until(() -> watched.size() == 2);
    assertEquals(List.of("MapAdopted[epoch=1]", "PacketRejected[reason=malformed]"), watched);
  }

  @Test
  void brokenRuleStopsTheNodeForGood() {
    NodeHost fragile =
        new NodeHost(
            (input, _, _) -> {
              inputs.add("fed");
              Check.that(false, "two and two are four");
            },
            new Surroundings(
                loop,
                new MemoryStore(() -> 5),
                SyncPolicy.ALWAYS,
                (_, _) -> {},
                watcher,
                broken::add));
    onLoop(
        () -> {
          fragile.tell(new News.Started());
          fragile.tell(new News.Leaving());
        });

    await().until(() -> !broken.isEmpty());
    assertEquals(1, broken.size());
    assertTrue(broken.getFirst().contains("two and two are four"), broken.getFirst());
    assertEquals(List.of("fed"), inputs);
  }

  @Test
  void requestAnsweredTwiceIsABrokenRule() {
    Outcome outcome = new NotDone(new Reason.NotReady());
    onLoop(
        () -> {
          wanted.add(new Effect.Reply<>(1, outcome));
          wanted.add(new Effect.Reply<>(1, outcome));
          host.ask(READ, outcomes::add);
        });

    await().until(() -> !broken.isEmpty());
    assertEquals(List.of(outcome), outcomes);
  }

  @Test
  void whoWaitsWhenTheNodeEndsIsToldThatNobodyKnows() {
    onLoop(
        () -> {
          host.ask(READ, outcomes::add);
          host.end();
          host.ask(READ, outcomes::add);
        });

    await().until(() -> outcomes.size() == 2);
    assertEquals(
        List.of(new Outcome.Unknown(new Reason.Forgotten()), new NotDone(new Reason.NotReady())),
        outcomes);
    assertEquals(List.of("asked 1"), inputs);
  }

  @Test
  void failedStoreStopsTheNode() {
    onLoop(
        () -> {
          host.failed("The store cannot be written: no space left");
          host.tell(new News.Started());
        });

    await().until(() -> !broken.isEmpty());
    assertEquals(List.of("The store cannot be written: no space left"), broken);
    assertEquals(List.of(), inputs);
  }

  private void onLoop(Runnable task) {
    loop.runOnContext(_ -> task.run());
  }
}
