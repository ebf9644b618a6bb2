package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.addressOf;
import static io.trefoil.core.membership.OneNode.claim;
import static io.trefoil.core.membership.OneNode.sent;
import static io.trefoil.core.membership.OneNode.wakeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.News;
import io.trefoil.core.membership.MembershipAlarm.HealDue;
import io.trefoil.core.membership.MembershipMessage.Join;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealTest {

  private static final HealDue DUE = new HealDue();

  @Test
  void nobodyLostNobodyContacted() {
    OneNode node = OneNode.among(5);

    var effects = node.fire(DUE);

    assertTrue(sent(effects, Ping.class).isEmpty() && sent(effects, Join.class).isEmpty());
    assertEquals(Duration.ofSeconds(5), wakeOf(effects, DUE));
  }

  @Test
  void deadMemberIsContactedAndToldThatItIsHeldDead() {
    OneNode node = OneNode.among(2);
    Claim dead = node.learnDeath(2, 0, 3);

    Ping ping = sent(node.fire(DUE), Ping.class).getFirst();

    assertEquals(new NodeId(2), ping.target());
    assertEquals(dead, ping.claims().getFirst());
  }

  @Test
  void contactsAreAsRareAsTheLostAreFew() {
    OneNode node = OneNode.among(100);
    node.learnDeath(2, 0, 3);
    int contacts = 0;
    for (int i = 0; i < 1_000; i++) {
      contacts += sent(node.fire(DUE), Ping.class).size();
    }

    assertTrue(contacts >= 2 && contacts <= 25, contacts + " of 1,000; one in 99 expected");
  }

  @Test
  void memberThatLeftIsNotContacted() {
    OneNode node = OneNode.among(2);
    node.learn(claim(2, 1, 0, MemberState.LEFT));

    for (int i = 0; i < 50; i++) {
      assertTrue(sent(node.fire(DUE), Ping.class).isEmpty());
    }
  }

  @Test
  void seedWhereNoMemberIsIsAskedForEver() {
    OneNode node = OneNode.among(2);
    node.told(new News.SeedsResolved(List.of(addressOf(88))));
    int joins = 0;
    for (int i = 0; i < 1_000; i++) {
      node.pass(Duration.ofSeconds(5));
      joins += sent(node.fire(DUE), Join.class).size();
    }

    assertTrue(joins > 400 && joins < 600, joins + " of 1,000; every second expected");
  }

  @Test
  void seedAtTheAddressOfALiveMemberIsNotLost() {
    OneNode node = OneNode.among(2);
    node.told(new News.SeedsResolved(List.of(addressOf(2), addressOf(1))));

    for (int i = 0; i < 50; i++) {
      assertTrue(sent(node.fire(DUE), Join.class).isEmpty());
    }
  }

  @Test
  void seedsResolvedAnewReplaceTheOldOnes() {
    OneNode node = new OneNode();
    node.told(new News.SeedsResolved(List.of(addressOf(88))));
    node.told(new News.SeedsResolved(List.of(addressOf(2))));
    var effects = node.fire(DUE);

    assertEquals(1, sent(effects, Join.class).size());
    assertFalse(effects.toString().contains(addressOf(88).toString()));
  }

  @Test
  void goneMembersAreForgottenAfterAtMostTwiceTheRetention() {
    OneNode node = OneNode.among(3);
    node.learn(claim(2, 1, 0, MemberState.LEFT));
    node.pass(Duration.ofMinutes(59));
    node.fire(DUE);
    assertTrue(node.swim.claimOf(new NodeId(2)).isPresent());
    node.pass(Duration.ofMinutes(1));
    node.fire(DUE);
    assertTrue(node.swim.claimOf(new NodeId(2)).isPresent());

    node.pass(Duration.ofMinutes(60));
    node.fire(DUE);

    assertTrue(node.swim.claimOf(new NodeId(2)).isEmpty());
  }
}
