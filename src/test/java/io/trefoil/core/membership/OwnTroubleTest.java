package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.announced;
import static io.trefoil.core.membership.OneNode.sent;
import static io.trefoil.core.membership.OneNode.wakeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.membership.MembershipAlarm.GossipDue;
import io.trefoil.core.membership.MembershipAlarm.PeriodBegan;
import io.trefoil.core.membership.MembershipAlarm.ProbeOverdue;
import io.trefoil.core.membership.MembershipAlarm.SuspicionExpired;
import io.trefoil.core.membership.MembershipMessage.Ack;
import io.trefoil.core.membership.MembershipMessage.Gossip;
import io.trefoil.core.membership.MembershipMessage.Nack;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a node does when it is itself in trouble: paused, or cut off.
class OwnTroubleTest {

  private static final SuspicionExpired TWO_EXPIRED = new SuspicionExpired(new NodeId(2));
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration MAX =
      MembershipSettings.DEFAULT
          .suspicionMin()
          .multipliedBy(MembershipSettings.DEFAULT.suspicionSpread());

  @Test
  void suspectGetsTheTimeBackThatTheNodeWasPaused() {
    OneNode node = OneNode.among(10);
    node.learn(accused(2, 0, MemberState.SUSPECT, 5));
    node.pass(MAX.plus(PAUSE));

    var effects = node.fireLate(TWO_EXPIRED, PAUSE);
    assertEquals(MemberState.DEAD, node.stateOf(2), "its time was over when the pause began");

    OneNode other = OneNode.among(10);
    other.learn(accused(2, 0, MemberState.SUSPECT, 5));
    other.pass(Duration.ofSeconds(1).plus(PAUSE));
    effects = other.fireLate(new PeriodBegan(), PAUSE);

    assertEquals(MAX.minusSeconds(1), wakeOf(effects, TWO_EXPIRED));
    other.fireLate(TWO_EXPIRED, PAUSE);
    assertEquals(MemberState.SUSPECT, other.stateOf(2));
  }

  @Test
  void pauseVoidsTheProbesUnderWayAndCostsLocalHealthOnce() {
    OneNode node = OneNode.among(10);
    Ping ping = node.probe();
    node.pass(PAUSE);

    var effects = node.fireLate(new ProbeOverdue(ping.number()), PAUSE);
    node.fireLate(new GossipDue(), PAUSE);

    assertEquals(List.of(new Effect.Cancel<>(new ProbeOverdue(ping.number()))), effects);
    assertEquals(MemberState.ALIVE, node.stateOf((int) ping.target().bits()));
    assertEquals(1, node.swim.localHealth());
  }

  @Test
  void ordinaryLatenessIsNoPause() {
    OneNode node = OneNode.among(10);
    Ping ping = node.probe();
    node.pass(Duration.ofMillis(280));

    assertFalse(node.fireLate(new ProbeOverdue(ping.number()), Duration.ofMillis(250)).isEmpty());
    assertEquals(0, node.swim.localHealth());
  }

  @Test
  void twoPausesAreCountedBoth() {
    Pauses pauses = new Pauses(250);

    assertEquals(1_000, pauses.newlyPausedNanos(5_000, 1_000));
    assertEquals(0, pauses.newlyPausedNanos(5_000, 900));
    assertEquals(0, pauses.newlyPausedNanos(5_010, 1_010));
    assertEquals(2_000, pauses.newlyPausedNanos(8_000, 2_000));
  }

  @Test
  void nodeWithMoreThanAThirdOfTenTargetsFailedIsIsolated() {
    OneNode node = OneNode.among(12);
    for (int i = 0; i < 3; i++) {
      failWithNack(node);
    }
    assertFalse(node.swim.isIsolated());

    failWithNack(node);

    assertTrue(node.swim.isIsolated());
  }

  @Test
  void nodeThatHearsNothingOfTwoProbesIsIsolatedUntilARelayAnswers() {
    OneNode node = OneNode.among(12);
    node.failProbe();
    assertFalse(node.swim.isIsolated());

    node.failProbe();

    assertTrue(node.swim.isIsolated());
    Ping ping = node.probe();
    node.hear(2, new Nack(ping.number()));
    assertFalse(node.swim.isIsolated());
  }

  @Test
  void isolationIsAnnouncedWhenItBeginsAndWhenItEnds() {
    OneNode node = OneNode.among(2);
    Ping ping = node.probe();

    List<Event> begun = announced(node.silence(ping));
    List<Event> ended = announced(node.learn(alive(2, 1)));

    assertEquals(new Event.Isolated(true), begun.getLast());
    assertEquals(new Event.Isolated(false), ended.getLast());
  }

  @Test
  void isolatedNodeCondemnsNobody() {
    OneNode node = isolated();
    NodeId suspect = firstSuspect(node);
    node.pass(Duration.ofMinutes(5));

    var effects = node.fire(new SuspicionExpired(suspect));

    assertEquals(
        List.of(
            new Effect.Wake<>(
                new SuspicionExpired(suspect), MembershipSettings.DEFAULT.suspicionMin())),
        effects);
    assertEquals(MemberState.SUSPECT, node.swim.claimOf(suspect).orElseThrow().state());
  }

  @Test
  void suspectsGetTheirWholeTimeAgainWhenIsolationEnds() {
    OneNode node = isolated();
    NodeId suspect = firstSuspect(node);
    node.exhaustGossip();
    node.pass(Duration.ofMinutes(5));
    for (int answers = 0; answers < 12 && node.swim.isIsolated(); answers++) {
      Ping ping = node.probe();
      int target = (int) ping.target().bits();
      if (!ping.target().equals(suspect)) {
        node.hear(target, new Ack(ping.number(), alive(target, 1), List.of()));
      }
    }
    assertFalse(node.swim.isIsolated());

    var effects = node.fire(new SuspicionExpired(suspect));

    assertEquals(MAX, wakeOf(effects, new SuspicionExpired(suspect)));
    boolean spread =
        sent(node.fire(new GossipDue()), Gossip.class).stream()
            .flatMap(g -> g.claims().stream())
            .anyMatch(c -> c.subject().equals(suspect));
    assertTrue(spread, "what it said while cut off reached nobody");
  }

  @Test
  void oneDeadMemberOfThreeIsolatesNobody() {
    OneNode node = OneNode.among(3);
    for (int round = 0; round < 10; round++) {
      Ping ping = node.probe();
      if (ping.target().equals(new NodeId(2))) {
        node.hear(2, new Ack(ping.number(), alive(2, 0), List.of()));
      } else {
        node.silence(ping);
      }
      assertFalse(node.swim.isIsolated());
    }
    assertEquals(MemberState.SUSPECT, node.stateOf(3));
  }

  private static void failWithNack(OneNode node) {
    Ping ping = node.probe();
    node.hear(2, new Nack(ping.number()));
    node.silence(ping);
  }

  private static OneNode isolated() {
    OneNode node = OneNode.among(12);
    for (int i = 0; i < 4; i++) {
      node.failProbe();
    }
    return node;
  }

  private static NodeId firstSuspect(OneNode node) {
    return node.swim.members().stream()
        .filter(c -> c.state() == MemberState.SUSPECT)
        .findFirst()
        .orElseThrow()
        .subject();
  }
}
