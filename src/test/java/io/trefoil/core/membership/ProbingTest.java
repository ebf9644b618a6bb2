package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.addressOf;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.claim;
import static io.trefoil.core.membership.OneNode.peer;
import static io.trefoil.core.membership.OneNode.receivers;
import static io.trefoil.core.membership.OneNode.sent;
import static io.trefoil.core.membership.OneNode.wakeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.membership.MembershipAlarm.PeriodBegan;
import io.trefoil.core.membership.MembershipAlarm.ProbeOverdue;
import io.trefoil.core.membership.MembershipAlarm.RelayOverdue;
import io.trefoil.core.membership.MembershipMessage.Ack;
import io.trefoil.core.membership.MembershipMessage.Nack;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.membership.MembershipMessage.Relay;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProbingTest {

  private static final PeriodBegan PERIOD = new PeriodBegan();

  @Test
  void periodBeginsWithOnePingAndTheNextPeriodIsSet() {
    OneNode node = OneNode.among(2);

    List<Effect<MembershipMessage, MembershipAlarm, Void>> effects = node.fire(PERIOD);

    Ping ping = sent(effects, Ping.class).getFirst();
    assertEquals(
        List.of(
            new Effect.Wake<>(PERIOD, Duration.ofMillis(500)),
            new Effect.Send<>(
                peer(2), new Ping(ping.number(), new NodeId(2), node.swim.self(), List.of())),
            new Effect.Wake<>(new ProbeOverdue(ping.number()), Duration.ofMillis(30))),
        effects);
  }

  @Test
  void pingsGoOutEvery30MillisecondsAndFourRelaysAreAskedAt300() {
    OneNode node = OneNode.among(10);
    Ping ping = node.probe();
    ProbeOverdue overdue = new ProbeOverdue(ping.number());
    List<Long> pings = new ArrayList<>(List.of(0L));
    List<Long> relays = new ArrayList<>();
    long millis = 30;
    node.pass(Duration.ofMillis(millis));
    while (millis < 500) {
      var effects = node.fire(overdue);
      receivers(effects, Ping.class).forEach(to -> assertEquals(ping.target(), to));
      if (sent(effects, Relay.class).isEmpty()) {
        pings.add(millis);
      } else {
        relays.add(millis);
      }
      Duration wait = wakeOf(effects, overdue);
      node.pass(wait);
      millis += wait.toMillis();
    }

    assertEquals(LongStream.range(0, 17).map(n -> 30 * n).boxed().toList(), pings);
    assertEquals(List.of(300L), relays);
    assertEquals(500, millis);
    assertEquals(MemberState.ALIVE, node.stateOf((int) ping.target().bits()));
    node.fire(overdue);
    assertEquals(MemberState.SUSPECT, node.stateOf((int) ping.target().bits()));
  }

  @Test
  void whatIsSentAgainCarriesNoNewsButTheAccusation() {
    OneNode node = OneNode.among(10);
    node.learn(alive(11, 0));
    Ping first = node.probe();
    assertEquals(List.of(alive(11, 0)), first.claims());
    ProbeOverdue overdue = new ProbeOverdue(first.number());
    assertEquals(List.of(), sent(node.fire(overdue), Ping.class).getFirst().claims());

    Claim accusation = accused((int) first.target().bits(), 0, MemberState.SUSPECT, 3);
    node.learn(accusation);

    assertEquals(List.of(accusation), sent(node.fire(overdue), Ping.class).getFirst().claims());
  }

  @Test
  void fourOthersAreAskedToTryWithinWhatIsLeft() {
    OneNode node = OneNode.among(10);
    Ping ping = node.probe();
    node.pass(Duration.ofMillis(300));

    var effects = node.untilRelays(ping);

    assertEquals(4, receivers(effects, Relay.class).stream().distinct().count());
    assertFalse(receivers(effects, Relay.class).contains(ping.target()));
    Relay relay = sent(effects, Relay.class).getFirst();
    assertEquals(ping.target(), relay.target().id());
    assertEquals(Duration.ofMillis(200), relay.patience());
  }

  /// The wire knows no shorter times: what is simulated is what is said.
  @Test
  void theTimeLeftIsToldInWholeMilliseconds() {
    OneNode node = OneNode.among(10);
    Ping ping = node.probe();
    node.pass(Duration.ofNanos(374_337_961));

    Relay relay = sent(node.untilRelays(ping), Relay.class).getFirst();

    assertEquals(Duration.ofMillis(125), relay.patience());
  }

  @Test
  void ackEndsAProbe() {
    OneNode node = OneNode.among(2);
    Ping ping = node.probe();

    var effects = node.hear(2, new Ack(ping.number(), alive(2, 0), List.of()));

    assertEquals(List.of(new Effect.Cancel<>(new ProbeOverdue(ping.number()))), effects);
    assertEquals(List.of(), node.fire(new ProbeOverdue(ping.number())));
  }

  @Test
  void ackThroughARelayEndsAProbe() {
    OneNode node = OneNode.among(5);
    Ping ping = node.probe();
    int target = (int) ping.target().bits();
    int relay = target == 2 ? 3 : 2;

    node.hear(relay, new Ack(ping.number(), alive(target, 0), List.of()));

    assertEquals(List.of(), node.fire(new ProbeOverdue(ping.number())));
    assertEquals(MemberState.ALIVE, node.stateOf(target));
  }

  @Test
  void ackOfSomebodyElseEndsNothing() {
    OneNode node = OneNode.among(5);
    Ping ping = node.probe();
    int other = ping.target().bits() == 2 ? 3 : 2;

    node.hear(other, new Ack(ping.number(), alive(other, 0), List.of()));

    assertFalse(node.fire(new ProbeOverdue(ping.number())).isEmpty());
  }

  @Test
  void targetThatNobodyReachesIsSuspected() {
    OneNode node = OneNode.among(10);

    Ping ping = node.failProbe();

    assertEquals(MemberState.SUSPECT, node.stateOf((int) ping.target().bits()));
  }

  @Test
  void verdictFallsEarlyWhenEveryRelayFailedAndLocalHealthStaysWell() {
    OneNode node = OneNode.among(10);
    Ping ping = node.probe();
    node.untilRelays(ping);
    for (int relay = 0; relay < 4; relay++) {
      assertEquals(MemberState.ALIVE, node.stateOf((int) ping.target().bits()));
      node.hear(2, new Nack(ping.number()));
    }

    assertEquals(MemberState.SUSPECT, node.stateOf((int) ping.target().bits()));
    assertEquals(0, node.swim.localHealth());
  }

  @Test
  void silentRelaysMakeTheNodeDoubtItselfAndSlowDown() {
    OneNode node = OneNode.among(10);
    node.failProbe();

    assertEquals(4, node.swim.localHealth());
    var effects = node.fire(PERIOD);
    Ping ping = sent(effects, Ping.class).getFirst();

    assertEquals(Duration.ofMillis(2_500), wakeOf(effects, PERIOD));
    assertEquals(Duration.ofMillis(150), wakeOf(effects, new ProbeOverdue(ping.number())));
  }

  @Test
  void localHealthStaysBetween0And7AndRecoversByAnswers() {
    OneNode node = OneNode.among(12);
    node.failProbe();
    node.failProbe();
    assertEquals(7, node.swim.localHealth());
    for (int i = 0; i < 20; i++) {
      Ping ping = node.probe();
      int target = (int) ping.target().bits();
      node.hear(target, new Ack(ping.number(), alive(target, 1), List.of()));
    }
    assertEquals(0, node.swim.localHealth());
  }

  @Test
  void refutationDuringAProbeVoidsItsVerdict() {
    OneNode node = OneNode.among(10);
    Ping ping = node.probe();
    node.learn(alive((int) ping.target().bits(), 1));
    node.silence(ping);

    assertEquals(MemberState.ALIVE, node.stateOf((int) ping.target().bits()));
  }

  @Test
  void suspicionHeardOfIsCheckedOutOfTurn() {
    OneNode node = OneNode.among(5);

    var effects = node.learn(accused(4, 0, MemberState.SUSPECT, 3));

    Ping ping = sent(effects, Ping.class).getFirst();
    assertEquals(new NodeId(4), ping.target());
    assertEquals(List.of(accused(4, 0, MemberState.SUSPECT, 3)), ping.claims());
  }

  @Test
  void inALargeClusterOnlyAFewCheckASuspicion() {
    OneNode node = OneNode.among(200);
    int checked = 0;
    for (int n = 2; n <= 200; n++) {
      checked += sent(node.learn(accused(n, 0, MemberState.SUSPECT, 1)), Ping.class).size();
    }

    assertTrue(checked >= 1 && checked <= 14, checked + " of 199 checked, 4 expected");
  }

  @Test
  void relayAnswersWithTheTargetsOwnAck() {
    OneNode node = OneNode.among(3);
    var asked = node.hear(2, relay(77));
    Ping ping = sent(asked, Ping.class).getFirst();
    assertEquals(List.of(new NodeId(3)), receivers(asked, Ping.class));

    var effects = node.hear(3, new Ack(ping.number(), alive(3, 0), List.of()));

    assertEquals(
        List.of(
            new Effect.Cancel<>(new RelayOverdue(ping.number())),
            new Effect.Send<>(peer(2), new Ack(77, alive(3, 0), List.of()))),
        effects);
  }

  @Test
  void relayThatFailsSaysSoWellBeforeTheAskerGivesUp() {
    OneNode node = OneNode.among(3);
    var effects = node.hear(2, relay(77));
    RelayOverdue overdue = new RelayOverdue(sent(effects, Ping.class).getFirst().number());
    Duration passed = Duration.ZERO;
    int pings = 0;
    while (sent(effects, Nack.class).isEmpty()) {
      pings += sent(effects, Ping.class).size();
      Duration wait = wakeOf(effects, overdue);
      passed = passed.plus(wait);
      node.pass(wait);
      effects = node.fire(overdue);
    }

    assertEquals(5, pings);
    assertEquals(Duration.ofMillis(140), passed);
    assertEquals(List.of(new Effect.Send<>(peer(2), new Nack(77))), effects);
  }

  @Test
  void restartingMemberIsNotProbedUntilItsAbsenceIsOver() {
    OneNode node = OneNode.among(2);
    Claim restarting =
        new Claim(
            new NodeId(2),
            1,
            1,
            MemberState.RESTARTING,
            new NodeId(2),
            Duration.ofSeconds(60),
            OneNode.profile(2));
    node.learn(restarting);
    assertTrue(sent(node.fire(PERIOD), Ping.class).isEmpty());

    node.pass(Duration.ofSeconds(60));

    assertEquals(1, sent(node.fire(PERIOD), Ping.class).size());
  }

  @Test
  void absenceIsGrantedOnlyUpToTheLimit() {
    OneNode node = OneNode.among(2);
    node.learn(
        new Claim(
            new NodeId(2),
            1,
            1,
            MemberState.RESTARTING,
            new NodeId(2),
            Duration.ofDays(9),
            OneNode.profile(2)));

    node.pass(MembershipSettings.DEFAULT.absenceMax());

    assertEquals(1, sent(node.fire(PERIOD), Ping.class).size());
  }

  @Test
  void membersGoneAreNotProbed() {
    OneNode node = OneNode.among(2);
    node.learn(claim(2, 1, 0, MemberState.LEFT));

    assertTrue(sent(node.fire(PERIOD), Ping.class).isEmpty());
  }

  private static Relay relay(long number) {
    return new Relay(
        number, new Peer(new NodeId(3), addressOf(3)), Duration.ofMillis(200), List.of());
  }
}
