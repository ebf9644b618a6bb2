package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.receivers;
import static io.trefoil.core.membership.OneNode.sent;
import static io.trefoil.core.membership.OneNode.wakeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.News;
import io.trefoil.core.membership.MembershipAlarm.GossipDue;
import io.trefoil.core.membership.MembershipMessage.Ack;
import io.trefoil.core.membership.MembershipMessage.Gossip;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.model.MemberState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipTest {

  private static final GossipDue DUE = new GossipDue();

  @Test
  void newsGoesToThreeMembersEvery100Milliseconds() {
    OneNode node = OneNode.among(20);

    assertEquals(Duration.ofMillis(100), wakeOf(node.learn(alive(5, 1)), DUE));
    var effects = node.fire(DUE);

    assertEquals(3, receivers(effects, Gossip.class).stream().distinct().count());
    assertEquals(Duration.ofMillis(100), wakeOf(effects, DUE));
  }

  /// Found by `lab --nodes 1000 --loss 30`: each hop of a suspicion, and of its confirmations,
  /// waited for a round, and the last of a thousand knew half a second later.
  @Test
  void newsAfterARestIsToldAtOnceAndTheNextRoundKeepsItsDistance() {
    OneNode node = OneNode.among(20);
    node.pass(Duration.ofSeconds(1));

    assertEquals(Duration.ZERO, wakeOf(node.learn(alive(5, 1)), DUE));
    assertEquals(Duration.ofMillis(100), wakeOf(node.fire(DUE), DUE));
  }

  @Test
  void newsSoonAfterARoundWaitsForTheNext() {
    OneNode node = OneNode.among(20);
    node.fire(DUE);
    node.pass(Duration.ofMillis(30));

    assertEquals(Duration.ofMillis(70), wakeOf(node.learn(alive(5, 1)), DUE));
  }

  @Test
  void claimIsSent5TimesTheLogarithmOfTheSizeThenSilenceFollows() {
    OneNode node = OneNode.among(20);
    node.learn(alive(5, 1));
    int sent = 0;
    for (int round = 0; round < 30; round++) {
      sent +=
          (int)
              sent(node.fire(DUE), Gossip.class).stream()
                  .filter(g -> g.claims().contains(alive(5, 1)))
                  .count();
    }

    assertTrue(sent >= 20 && sent <= 25, "sent " + sent + " times, 5*ceil(log2(21)) = 25");
    assertEquals(List.of(), node.fire(DUE));
  }

  @Test
  void denialIsToldBeforeNewcomersAlsoWhereTheAccusationWasNotHeard() {
    OneNode node = OneNode.among(3);
    node.learn(alive(9, 0));
    node.learn(alive(3, 1));

    Gossip gossip = sent(node.fire(DUE), Gossip.class).getFirst();

    assertEquals(List.of(alive(3, 1), alive(9, 0)), gossip.claims());
  }

  @Test
  void newsRidesOnProbesAndTheirAnswers() {
    OneNode node = OneNode.among(3);
    node.learn(alive(3, 1));

    var answered = node.hear(2, new Ping(4, OneNode.SELF, alive(2, 0), List.of()));

    assertEquals(List.of(alive(3, 1)), sent(answered, Ack.class).getFirst().claims());
  }

  @Test
  void packetsStayWithinTheirRoom() {
    OneNode node = OneNode.among(200);
    for (int n = 2; n <= 200; n++) {
      node.learn(alive(n, 1));
    }

    for (Gossip gossip : sent(node.fire(DUE), Gossip.class)) {
      int bytes = gossip.claims().stream().mapToInt(Claim::encodedBytes).sum();
      assertTrue(bytes <= 1_000, bytes + " bytes of claims");
    }
  }

  @Test
  void oldNewsIsNoNews() {
    OneNode node = OneNode.among(3);

    assertEquals(List.of(), node.learn(alive(2, 0)));
  }

  @Test
  void newEpochIsToldByEmptyGossipAndNeedsNoRefutation() {
    OneNode node = OneNode.among(10);

    assertEquals(Duration.ofMillis(100), wakeOf(node.told(new News.MapAdopted(7)), DUE));
    var effects = node.fire(DUE);

    assertEquals(List.of(new Gossip(List.of())), sent(effects, Gossip.class).subList(0, 1));
    assertEquals(7, node.swim.self().profile().epoch());
    assertEquals(0, node.swim.self().incarnation());
    node.exhaustGossip();
    assertEquals(List.of(), node.fire(DUE));
  }

  @Test
  void descriptionChangesWithoutEffectOnEvidence() {
    OneNode node = OneNode.among(3);
    node.swim.describe(9, 42);

    Ping ping = node.probe();

    assertEquals(OneNode.profile(1).with(9, 42), ping.sender().profile());
    assertEquals(0, ping.sender().compareEvidence(alive(1, 0)));
    assertEquals(ping.sender(), node.swim.claimOf(OneNode.SELF).orElseThrow());
  }

  @Test
  void descriptionSurvivesARefutation() {
    OneNode node = OneNode.among(3);
    node.swim.describe(9, 42);
    node.learn(OneNode.accused(1, 0, MemberState.SUSPECT, 2));

    assertEquals(OneNode.profile(1).with(9, 42), node.swim.self().profile());
  }
}
