package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.announced;
import static io.trefoil.core.membership.OneNode.claim;
import static io.trefoil.core.membership.OneNode.sent;
import static io.trefoil.core.membership.OneNode.wakeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.membership.MembershipAlarm.GossipDue;
import io.trefoil.core.membership.MembershipAlarm.LastCallDue;
import io.trefoil.core.membership.MembershipAlarm.PeriodBegan;
import io.trefoil.core.membership.MembershipAlarm.ProbeOverdue;
import io.trefoil.core.membership.MembershipAlarm.SuspicionExpired;
import io.trefoil.core.membership.MembershipMessage.Ack;
import io.trefoil.core.membership.MembershipMessage.Gossip;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Suspicion, confirmation, refutation, death.
class AccusationTest {

  private static final NodeId TWO = new NodeId(2);
  private static final SuspicionExpired EXPIRED = new SuspicionExpired(TWO);
  private static final Duration MIN = MembershipSettings.DEFAULT.suspicionMin();
  private static final Duration LAST_CALL = MembershipSettings.DEFAULT.relayAfter();
  private static final Duration MAX =
      MIN.multipliedBy(MembershipSettings.DEFAULT.suspicionSpread());

  @Test
  void suspicionStartsAtTheLongestAndShrinksToTheShortestByTwoConfirmations() {
    OneNode node = OneNode.among(10);

    assertEquals(MAX, wakeOf(node.learn(suspect(5)), EXPIRED));
    Duration once = wakeOf(node.learn(suspect(6)), EXPIRED);
    assertTrue(once.compareTo(MIN) > 0 && once.compareTo(MAX) < 0);
    assertEquals(MIN, wakeOf(node.learn(suspect(7)), EXPIRED));
  }

  @Test
  void sameAccuserTwiceIsOneAccuser() {
    OneNode node = OneNode.among(10);
    node.learn(suspect(5));

    assertEquals(List.of(), node.learn(suspect(5)));
  }

  @Test
  void amongTwoNobodyCanConfirmSoTheTimeIsShortest() {
    OneNode node = OneNode.among(2);

    assertEquals(MIN, wakeOf(node.learn(suspect(3)), EXPIRED));
  }

  @Test
  void everyConfirmationIsSpreadAgain() {
    OneNode node = OneNode.among(10);
    node.learn(suspect(5));
    node.exhaustGossip();

    node.learn(suspect(6));

    assertEquals(
        List.of(suspect(6)), sent(node.fire(new GossipDue()), Gossip.class).getFirst().claims());
  }

  @Test
  void suspectThatKeepsSilentIsDead() {
    OneNode node = OneNode.among(10);
    node.learn(suspect(5));
    node.pass(MAX);

    List<Event> events = announced(node.fire(EXPIRED));

    assertEquals(
        List.of(
            new Event.MemberChanged(
                TWO, "node-2", Optional.of(MemberState.SUSPECT), MemberState.DEAD)),
        events);
  }

  @Test
  void alarmThatComesBeforeTheDeadlineCondemnsNobody() {
    OneNode node = OneNode.among(10);
    node.learn(suspect(5));
    node.pass(Duration.ofMillis(10));

    Duration left = MAX.minusMillis(10);
    assertEquals(
        List.of(
            new Effect.Wake<>(new LastCallDue(TWO), left.minus(LAST_CALL)),
            new Effect.Wake<>(EXPIRED, left)),
        node.fire(EXPIRED));
  }

  @Test
  void refutationClearsASuspectAndItsAlarm() {
    OneNode node = OneNode.among(10);
    node.learn(suspect(5));

    var effects = node.learn(alive(2, 1));

    assertTrue(effects.contains(new Effect.Cancel<>(EXPIRED)));
    assertEquals(MemberState.ALIVE, node.stateOf(2));
  }

  @Test
  void aliveClaimOfTheSameIncarnationRefutesNothing() {
    OneNode node = OneNode.among(10);
    node.learn(suspect(5));
    node.learn(alive(2, 0));

    assertEquals(MemberState.SUSPECT, node.stateOf(2));
  }

  @Test
  void suspectRefutesByRaisingItsIncarnationAboveTheAccused() {
    OneNode node = OneNode.among(10);

    node.learn(accused(1, 4, MemberState.SUSPECT, 5));

    assertEquals(5, node.swim.self().incarnation());
    assertEquals(MemberState.ALIVE, node.swim.self().state());
    assertEquals(1, node.swim.localHealth(), "who is accused doubts itself");
  }

  @Test
  void accusationOverriddenAlreadyIsNotRefutedAgain() {
    OneNode node = OneNode.among(10);
    node.learn(accused(1, 4, MemberState.SUSPECT, 5));

    assertEquals(List.of(), node.learn(accused(1, 4, MemberState.DEAD, 6)));
    assertEquals(5, node.swim.self().incarnation());
  }

  @Test
  void accusationOfAnotherRunIsNotRefuted() {
    OneNode node = OneNode.among(10);

    node.learn(claim(1, 2, 0, MemberState.DEAD));

    assertEquals(0, node.swim.self().incarnation());
  }

  @Test
  void pingWithAnAccusationIsAnsweredByTheRefutation() {
    OneNode node = OneNode.among(10);
    Claim accusation = accused(1, 0, MemberState.SUSPECT, 2);

    var effects = node.hear(2, new Ping(9, OneNode.SELF, alive(2, 0), List.of(accusation)));

    assertEquals(alive(1, 1), sent(effects, Ack.class).getFirst().responder());
  }

  @Test
  void accusationByGossipIsAnsweredByAPingWithTheRefutation() {
    OneNode node = OneNode.among(10);

    var effects = node.learn(accused(1, 0, MemberState.DEAD, 2));

    assertEquals(alive(1, 1), sent(effects, Ping.class).getFirst().sender());
  }

  @Test
  void everyPacketToASuspectCarriesTheAccusationFirst() {
    OneNode node = OneNode.among(2);
    node.learn(suspect(5));
    node.exhaustGossip();
    node.learn(alive(7, 0), accused(8, 0, MemberState.DEAD, 5));

    var answered = node.hear(2, new Ping(9, OneNode.SELF, alive(2, 0), List.of()));
    var gossiped = node.fire(new GossipDue());

    assertEquals(suspect(5), sent(answered, Ack.class).getFirst().claims().getFirst());
    Gossip toSuspect =
        sent(gossiped, Gossip.class).get(OneNode.receivers(gossiped, Gossip.class).indexOf(TWO));
    assertEquals(suspect(5), toSuspect.claims().getFirst());
  }

  @Test
  void pingToASuspectCarriesTheAccusation() {
    OneNode node = OneNode.among(2);
    node.learn(suspect(5));
    node.exhaustGossip();

    Ping ping = sent(node.fire(new PeriodBegan()), Ping.class).getFirst();

    assertEquals(List.of(suspect(5)), ping.claims());
  }

  /// Found by `lab --nodes 100 --loss 30 --hours 200`: denials that came by rumour alone came too
  /// late to some, 17 times.
  @Test
  void whoIsAboutToBeHeldDeadIsRungOnceMoreAndItsAnswerSavesIt() {
    OneNode node = OneNode.among(10);
    assertEquals(MAX.minus(LAST_CALL), wakeOf(node.learn(suspect(5)), new LastCallDue(TWO)));
    Ping call = sent(node.fire(new LastCallDue(TWO)), Ping.class).getFirst();
    assertEquals(TWO, call.target());
    assertTrue(call.claims().contains(suspect(5)), "it is told what it is accused of");

    var effects = node.hear(2, new Ack(call.number(), alive(2, 1), List.of()));

    assertEquals(MemberState.ALIVE, node.stateOf(2));
    assertTrue(effects.contains(new Effect.Cancel<>(new LastCallDue(TWO))));
  }

  @Test
  void theLastCallGoesOutOnceAndBlamesNobody() {
    OneNode node = OneNode.among(10);
    node.learn(suspect(5));
    Ping call = sent(node.fire(new LastCallDue(TWO)), Ping.class).getFirst();

    assertEquals(List.of(), node.fire(new LastCallDue(TWO)));
    for (int again = 1; again < 10; again++) {
      assertEquals(1, sent(node.fire(new ProbeOverdue(call.number())), Ping.class).size());
    }
    var effects = node.fire(new ProbeOverdue(call.number()));

    assertEquals(List.of(new Effect.Cancel<>(new ProbeOverdue(call.number()))), effects);
    assertEquals(0, node.swim.localHealth());
    assertFalse(node.swim.isIsolated());
  }

  /// Found by `lab --nodes 1000 --loss 30`: a node that trusted itself little rang at long
  /// intervals, and so twice instead of ten times before the suspect's time was over.
  @Test
  void theLastCallBeginsEarlierForANodeThatTrustsItselfLittle() {
    OneNode node = OneNode.among(10);
    node.failProbe();
    assertEquals(4, node.swim.localHealth());

    Duration lastCall = wakeOf(node.learn(accused(9, 0, MemberState.SUSPECT, 5)), lastCallOf(9));

    assertEquals(MAX.minus(LAST_CALL.multipliedBy(5)), lastCall);
  }

  @Test
  void whoDeniedIsNotRung() {
    OneNode node = OneNode.among(10);
    node.learn(suspect(5));
    node.learn(alive(2, 1));

    assertEquals(List.of(), node.fire(new LastCallDue(TWO)));
  }

  private static LastCallDue lastCallOf(int subject) {
    return new LastCallDue(new NodeId(subject));
  }

  private static Claim suspect(int accuser) {
    return accused(2, 0, MemberState.SUSPECT, accuser);
  }
}
