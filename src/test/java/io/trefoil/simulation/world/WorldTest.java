package io.trefoil.simulation.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorldTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final BiConsumer<Toy, Input<Envelope, Alarm>> SILENT = (_, _) -> {};

  private BiConsumer<Toy, Input<Envelope, Alarm>> behaviour = SILENT;

  @Test
  void processIsToldThatItStartsAndThenTheSeedsAgainAndAgain() {
    var told = new ArrayList<News>();
    behaviour =
        (_, input) -> {
          if (input instanceof Input.Told<Envelope, Alarm>(News news)) {
            told.add(news);
          }
        };
    World world = world(1);
    world.start(world.host(0));
    world.run(Duration.ofSeconds(12));
    assertInstanceOf(News.Started.class, told.removeFirst());
    var resolved = new News.SeedsResolved(List.of(world.host(0).address()));
    assertEquals(List.of(resolved, resolved, resolved), told);
  }

  @Test
  void packetArrivesWithItsSenderAndTheSendersAddress() {
    World world = started(2);
    toy(world, 0).send(1, 7);
    world.run(SECOND);
    assertEquals(List.of(7L), toy(world, 1).numbers());
    var arrived = (Input.Heard<Envelope, Alarm>) toy(world, 1).heard.getLast();
    assertEquals(world.host(0).id(), arrived.from().id());
    assertEquals(world.host(0).address(), arrived.from().address());
  }

  @Test
  void settingAnEqualAlarmAgainMovesIt() {
    World world = started(1);
    toy(world, 0).wake(Toy.ONE, 100);
    toy(world, 0).wake(Toy.OTHER, 150);
    toy(world, 0).wake(Toy.ONE, 200);
    world.run(SECOND);
    assertEquals(List.of(fired(Toy.OTHER, 0), fired(Toy.ONE, 0)), afterStart(world, 0));
  }

  @Test
  void cancelledAlarmDoesNotGoOff() {
    World world = started(1);
    toy(world, 0).wake(Toy.ONE, 100);
    toy(world, 0).cancel(Toy.ONE);
    world.run(SECOND);
    assertEquals(List.of(), afterStart(world, 0));
  }

  @Test
  void frozenProcessTakesPacketsBeforeTheAlarmsItMissed() {
    World world = started(2);
    toy(world, 0).wake(Toy.ONE, 100);
    world.apply(new Fault.Pause(0));
    world.run(Duration.ofMillis(200));
    toy(world, 1).send(0, 7);
    world.run(Duration.ofMillis(300));
    assertEquals(List.of(), afterStart(world, 0));
    world.apply(new Fault.Resume(0));
    List<Input<Envelope, Alarm>> inputs = afterStart(world, 0);
    assertInstanceOf(Input.Heard.class, inputs.get(0));
    assertEquals(fired(Toy.ONE, Duration.ofMillis(400).toNanos()), inputs.get(1));
  }

  @Test
  void alarmThatWasMissedDoesNotGoOffIfAPacketTookItBack() {
    behaviour =
        (toy, input) -> {
          if (input instanceof Input.Heard) {
            toy.cancel(Toy.ONE);
          }
        };
    World world = started(2);
    toy(world, 0).wake(Toy.ONE, 100);
    world.apply(new Fault.Pause(0));
    toy(world, 1).send(0, 7);
    world.run(SECOND);
    world.apply(new Fault.Resume(0));
    world.run(SECOND);
    assertEquals(1, afterStart(world, 0).size());
  }

  @Test
  void crashForgetsAlarmsAndARestartIsAnotherRunOfTheSameNode() {
    World world = started(1);
    Toy first = toy(world, 0);
    first.wake(Toy.ONE, 100);
    world.apply(new Fault.Crash(0));
    assertEquals(Optional.empty(), world.host(0).machine());
    world.apply(new Fault.Restart(0));
    world.run(SECOND);
    assertEquals(first.recovered.id(), toy(world, 0).recovered.id());
    assertEquals(2, toy(world, 0).recovered.run());
    assertEquals(List.of(), afterStart(world, 0));
  }

  @Test
  void packetToADeadProcessIsLostEvenIfItIsStartedLater() {
    World world = started(2);
    world.apply(new Fault.Crash(1));
    toy(world, 0).send(1, 7);
    world.run(SECOND);
    world.apply(new Fault.Restart(1));
    world.run(SECOND);
    assertEquals(List.of(), toy(world, 1).numbers());
  }

  @Test
  void swappedHostsGetEachOthersPacketsAndAreStillThemselves() {
    World world = started(3);
    var first = world.host(0).address();
    var second = world.host(1).address();
    var identity = world.host(0).id();
    world.apply(new Fault.Swap(0, 1));
    assertEquals(List.of(second, first), List.of(world.host(0).address(), world.host(1).address()));
    assertEquals(identity, world.host(0).id());
    toy(world, 2).send(second, 7);
    world.run(SECOND);
    assertEquals(List.of(7L), toy(world, 0).numbers());
  }

  @Test
  void whoMovesLeavesNobodyWhereItWasAndTheSeedsNameIsWhereItIs() {
    var told = new ArrayList<News>();
    behaviour =
        (_, input) -> {
          if (input instanceof Input.Told<Envelope, Alarm>(News news)) {
            told.add(news);
          }
        };
    World world = started(2);
    var before = world.host(0).address();
    world.apply(new Fault.Move(0));
    toy(world, 1).send(before, 7);
    world.run(Duration.ofMinutes(1));
    assertEquals(List.of(), toy(world, 0).numbers());
    var addresses = List.of(world.host(0).address(), world.host(1).address());
    assertEquals(new News.SeedsResolved(addresses), told.getLast());
  }

  @Test
  void wipedHostGetsANewIdentityAndAnEmptyDisk() {
    World world = started(1);
    var before = world.host(0).id();
    toy(world, 0).persist(1);
    world.run(SECOND);
    world.apply(new Fault.Wipe(0));
    assertNotEquals(before, world.host(0).id());
    assertEquals(1, toy(world, 0).recovered.run());
    assertEquals(0, world.host(0).disk().keys());
  }

  @Test
  void writesCompleteInTheirOrderAndAreFetchedAtOnce() {
    World world = started(1);
    LongStream.rangeClosed(1, 20).forEach(toy(world, 0)::persist);
    toy(world, 0).fetch(99);
    world.run(SECOND);
    var tickets = new ArrayList<Long>();
    for (var input : afterStart(world, 0)) {
      if (input instanceof Input.Persisted<Envelope, Alarm>(long ticket)) {
        tickets.add(ticket);
      } else {
        assertEquals(new Input.Fetched<>(99, Toy.register(20)), input);
      }
    }
    assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), tickets);
  }

  @Test
  void crashKeepsWhatWasToldDurableAndLosesNothingBeforeWhatItKeeps() {
    boolean lostSome = false;
    boolean keptMore = false;
    for (long seed = 0; seed < 50; seed++) {
      World world = new World(WorldSettings.of(seed, 1), (s, r, _) -> new Toy(s, r, SILENT));
      world.startAll();
      LongStream.rangeClosed(1, 5).forEach(toy(world, 0)::persist);
      world.run(Duration.ofMillis(1));
      long told = afterStart(world, 0).size();
      world.apply(new Fault.Crash(0));
      long kept = world.host(0).disk().latest(0, Toy.KEY).promised().draw();
      assertTrue(kept >= told, "what was told to be durable is");
      lostSome |= kept < 5;
      keptMore |= kept > told;
    }
    assertTrue(lostSome && keptMore);
  }

  @Test
  void splitLetsNothingThroughUntilItEnds() {
    World world = started(3);
    world.apply(new Fault.Split(List.of(List.of(0, 1))));
    toy(world, 0).send(1, 1);
    toy(world, 0).send(2, 2);
    toy(world, 2).send(1, 3);
    world.run(SECOND);
    assertEquals(List.of(1L), toy(world, 1).numbers());
    assertEquals(List.of(), toy(world, 2).numbers());
    world.apply(new Fault.Reconnect());
    toy(world, 0).send(2, 4);
    world.run(SECOND);
    assertEquals(List.of(4L), toy(world, 2).numbers());
  }

  @Test
  void oneWayCutLetsTheOtherDirectionThrough() {
    World world = started(2);
    world.apply(new Fault.OneWay(0, 1));
    toy(world, 0).send(1, 1);
    toy(world, 1).send(0, 2);
    world.run(SECOND);
    assertEquals(List.of(), toy(world, 1).numbers());
    assertEquals(List.of(2L), toy(world, 0).numbers());
  }

  @Test
  void badLinksLoseDoubleAndReorderPackets() {
    var bad = new LinkQuality(0.2, 0.2, Duration.ZERO, Duration.ofMillis(10), 0.1);
    World world = started(WorldSettings.of(1, 2).with(bad));
    LongStream.range(0, 1_000).forEach(number -> toy(world, 0).send(1, number));
    world.run(SECOND);
    List<Long> numbers = toy(world, 1).numbers();
    long different = numbers.stream().distinct().count();
    assertEquals(800, different, 50);
    assertEquals(160, numbers.size() - different, 50);
    assertNotEquals(numbers.stream().sorted().toList(), numbers);
    assertEquals(1_000, world.network().packetsFrom(0));
  }

  @Test
  void clockStepsAndDriftsWhileMonotonicTimeGoesOn() {
    World world = started(1);
    toy(world, 0).wake(Toy.ONE, 1_000);
    world.run(SECOND);
    world.apply(new Fault.ClockStep(0, -3_600_000));
    world.apply(new Fault.ClockSkew(0, 100_000));
    toy(world, 0).wake(Toy.ONE, 1_000);
    world.run(SECOND);
    var times = toy(world, 0).times;
    var before = times.get(times.size() - 2);
    var after = times.getLast();
    assertEquals(SECOND.toNanos(), after.nanos() - before.nanos());
    assertEquals(-3_600_000 + 1_100, after.wallMillis() - before.wallMillis());
  }

  @Test
  void clientIsAnsweredOnceAndASecondAnswerIsAViolation() {
    behaviour =
        (toy, input) -> {
          if (input instanceof Input.Asked<Envelope, Alarm>(long number, var _)) {
            toy.reply(number);
            toy.reply(number);
          }
        };
    World world = started(1);
    var answers = new ArrayList<>();
    assertTrue(world.ask(world.host(0), Toy.request(), answers::add));
    world.run(SECOND);
    assertEquals(1, answers.size());
    assertEquals(
        List.of("every operation is answered once"),
        world.violations().stream().map(Violation::rule).toList());
  }

  @Test
  void clientOfADyingProcessHearsThatTheConnectionBroke() {
    World world = started(1);
    var answers = new ArrayList<>();
    world.ask(world.host(0), Toy.request(), answers::add);
    world.apply(new Fault.Crash(0));
    world.run(SECOND);
    assertEquals(List.of(Optional.empty()), answers);
    assertFalse(world.ask(world.host(0), Toy.request(), answers::add));
  }

  @Test
  void processThatBreaksItsOwnRuleIsAViolationAndDies() {
    behaviour =
        (_, input) ->
            io.trefoil.core.machine.Check.that(!(input instanceof Input.Heard), "it hears nothing");
    World world = started(2);
    toy(world, 0).send(1, 1);
    world.run(SECOND);
    assertTrue(world.violations().getFirst().sentence().contains("it hears nothing"));
    assertEquals(Host.Status.DOWN, world.host(1).status());
  }

  private World world(int hosts) {
    return new World(WorldSettings.of(1, hosts), (s, r, _) -> new Toy(s, r, behaviour));
  }

  private World started(int hosts) {
    return started(WorldSettings.of(1, hosts));
  }

  private World started(WorldSettings settings) {
    var world = new World(settings, (s, r, _) -> new Toy(s, r, behaviour));
    world.startAll();
    return world;
  }

  private static Toy toy(World world, int host) {
    return (Toy) world.host(host).machine().orElseThrow();
  }

  private static List<Input<Envelope, Alarm>> afterStart(World world, int host) {
    List<Input<Envelope, Alarm>> heard = toy(world, host).heard;
    return heard.subList(1, heard.size());
  }

  private static Input<Envelope, Alarm> fired(Alarm alarm, long late) {
    return new Input.Fired<>(alarm, late);
  }
}
