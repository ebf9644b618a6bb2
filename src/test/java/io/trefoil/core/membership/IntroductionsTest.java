package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.SELF;
import static io.trefoil.core.membership.OneNode.addressOf;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.claim;
import static io.trefoil.core.membership.OneNode.peer;
import static io.trefoil.core.membership.OneNode.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.News;
import io.trefoil.core.membership.MembershipAlarm.PeriodBegan;
import io.trefoil.core.membership.MembershipMessage.Ack;
import io.trefoil.core.membership.MembershipMessage.Compare;
import io.trefoil.core.membership.MembershipMessage.Gossip;
import io.trefoil.core.membership.MembershipMessage.Join;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.membership.MembershipMessage.Welcome;
import io.trefoil.core.membership.MembershipMessage.WrongTarget;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Joining, seeds, wrong targets, and answers to the dead.
class IntroductionsTest {

  private static final NodeId NINE = new NodeId(9);

  @Test
  void joinerIsTakenInOnlyAfterItAnsweredAPing() {
    OneNode node = OneNode.among(3);

    var asked = node.hear(9, new Join(5, alive(9, 0)));
    Ping ping = sent(asked, Ping.class).getFirst();

    assertTrue(node.swim.claimOf(NINE).isEmpty());
    assertEquals(NINE, ping.target());
    var answered = node.hear(9, new Ack(ping.number(), alive(9, 0), List.of()));
    assertTrue(node.swim.isReachable(NINE));
    Welcome welcome = sent(answered, Welcome.class).getFirst();
    assertEquals(5, welcome.number());
    assertEquals(4, welcome.claims().size());
  }

  @Test
  void strangerThatPingsIsAnsweredButNotTakenInBeforeItAnswersToo() {
    OneNode node = OneNode.among(3);

    var effects = node.hear(9, new Ping(5, SELF, alive(9, 0), List.of()));

    assertEquals(1, sent(effects, Ack.class).size());
    assertTrue(node.swim.claimOf(NINE).isEmpty());
    Ping ping = sent(effects, Ping.class).getFirst();
    node.hear(9, new Ack(ping.number(), alive(9, 0), List.of()));
    assertTrue(node.swim.isReachable(NINE));
  }

  @Test
  void answerToAnotherNumberProvesNothing() {
    OneNode node = OneNode.among(3);
    Ping ping = sent(node.hear(9, new Join(5, alive(9, 0))), Ping.class).getFirst();

    node.hear(9, new Ack(ping.number() + 1, alive(9, 0), List.of()));

    assertTrue(node.swim.claimOf(NINE).isEmpty());
  }

  @Test
  void memberThatJoinsAgainIsWelcomedAtOnce() {
    OneNode node = OneNode.among(3);

    var effects = node.hear(2, new Join(5, alive(2, 0)));

    assertEquals(1, sent(effects, Welcome.class).size());
  }

  @Test
  void loneNodeAsksItsSeedsEveryPeriodUntilWelcomed() {
    OneNode node = new OneNode();
    var told = node.told(new News.SeedsResolved(List.of(addressOf(2), addressOf(3))));
    Join join = sent(told, Join.class).getFirst();
    assertEquals(2, sent(told, Join.class).size());
    assertEquals(2, sent(node.fire(new PeriodBegan()), Join.class).size());

    node.hear(2, new Welcome(join.number(), alive(2, 0), List.of(alive(2, 0), alive(4, 0))));

    assertTrue(node.swim.isReachable(new NodeId(4)));
    assertEquals(0, sent(node.fire(new PeriodBegan()), Join.class).size());
  }

  @Test
  void joinGoesToWhoeverIsAtTheAddress() {
    OneNode node = new OneNode();

    var told = node.told(new News.SeedsResolved(List.of(addressOf(2))));

    Join join = sent(told, Join.class).getFirst();
    assertEquals(List.of(new Effect.Send<>(Peer.at(addressOf(2)), join)), told);
  }

  @Test
  void ownAddressAmongTheSeedsIsIgnored() {
    OneNode node = new OneNode();

    assertEquals(List.of(), node.told(new News.SeedsResolved(List.of(addressOf(1)))));
  }

  @Test
  void nodeThatMeetsItselfUnderAnotherAddressLeavesItAtThat() {
    OneNode node = new OneNode();
    var told = node.told(new News.SeedsResolved(List.of(addressOf(66))));
    Join join = sent(told, Join.class).getFirst();

    assertEquals(List.of(), node.hear(1, join));
    assertEquals(0, sent(node.fire(new PeriodBegan()), Join.class).size());
  }

  @Test
  void pingForAnotherIsAnsweredByWrongTarget() {
    OneNode node = OneNode.among(3);

    var effects = node.hear(2, new Ping(5, NINE, alive(2, 0), List.of()));

    assertEquals(
        List.of(new Effect.Send<>(peer(2), new WrongTarget(5, NINE, node.swim.self()))), effects);
  }

  @Test
  void reusedAddressKillsTheOldClaimAtOnceAndTakesTheNewOwnerIn() {
    OneNode node = OneNode.among(2);
    Ping ping = node.probe();
    Claim newOwner = Claim.own(NINE, 1, 0, MemberState.ALIVE, OneNode.profile(2));

    node.hear(9, new WrongTarget(ping.number(), new NodeId(2), newOwner));

    assertEquals(MemberState.DEAD, node.stateOf(2));
    assertTrue(node.swim.isReachable(NINE));
  }

  @Test
  void wrongTargetWithoutAPingKillsNobody() {
    OneNode node = OneNode.among(2);
    Ping ping = node.probe();

    node.hear(9, new WrongTarget(ping.number() + 1, new NodeId(2), alive(9, 0)));

    assertEquals(MemberState.ALIVE, node.stateOf(2));
  }

  @Test
  void memberThatMovedMeanwhileIsNotKilledByItsOldAddress() {
    OneNode node = OneNode.among(2);
    Ping ping = node.probe();
    node.learn(Claim.own(new NodeId(2), 2, 0, MemberState.ALIVE, OneNode.profile(77)));

    node.hear(9, new WrongTarget(ping.number(), new NodeId(2), alive(9, 0)));

    assertEquals(MemberState.ALIVE, node.stateOf(2));
  }

  @Test
  void staleAliveClaimOfADeadNodeIsAnsweredWithTheAccusation() {
    OneNode node = OneNode.among(4);
    Claim dead = node.learnDeath(3, 2, 2);
    node.exhaustGossip();

    var pinged = node.hear(3, new Ping(5, SELF, alive(3, 2), List.of()));
    var acked = node.hear(3, new Ack(5, alive(3, 2), List.of()));

    assertEquals(List.of(dead), sent(pinged, Ack.class).getFirst().claims());
    assertEquals(List.of(new Effect.Send<>(peer(3), new Gossip(List.of(dead)))), acked);
    assertEquals(MemberState.DEAD, node.stateOf(3));
  }

  @Test
  void deadNodeThatRefutedIsPingedBeforeItIsAliveAgain() {
    OneNode node = OneNode.among(4);
    node.learnDeath(3, 0, 2);

    var effects = node.hear(3, new Ping(5, SELF, alive(3, 1), List.of()));

    assertEquals(MemberState.DEAD, node.stateOf(3));
    Ping ping = sent(effects, Ping.class).getFirst();
    var answered = node.hear(3, new Ack(ping.number(), alive(3, 1), List.of()));
    assertEquals(MemberState.ALIVE, node.stateOf(3));
    assertEquals(1, sent(answered, Compare.class).size(), "it may bring a whole cluster");
  }

  @Test
  void contactsNotAnsweredInTimeAreForgotten() {
    OneNode node = OneNode.among(3);
    Ping ping = sent(node.hear(9, new Join(5, alive(9, 0))), Ping.class).getFirst();
    node.pass(Duration.ofSeconds(3));
    node.fire(new PeriodBegan());

    node.hear(9, new Ack(ping.number(), alive(9, 0), List.of()));

    assertTrue(node.swim.claimOf(NINE).isEmpty());
  }

  @Test
  void memberThatLeftIsNotTakenInAgain() {
    OneNode node = OneNode.among(3);
    node.learn(claim(2, 1, 1, MemberState.LEFT));

    node.hear(2, new Ping(5, SELF, claim(2, 1, 1, MemberState.LEFT), List.of()));

    assertEquals(MemberState.LEFT, node.stateOf(2));
  }
}
