package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.SELF;
import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.claim;
import static io.trefoil.core.membership.OneNode.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.machine.News;
import io.trefoil.core.membership.MembershipAlarm.GossipDue;
import io.trefoil.core.membership.MembershipAlarm.PeriodBegan;
import io.trefoil.core.membership.MembershipMessage.Ack;
import io.trefoil.core.membership.MembershipMessage.Gossip;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.model.MemberState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepartureTest {

  @Test
  void leaverTellsThreeMembersAtOnce() {
    OneNode node = OneNode.among(10);

    List<Gossip> gossip = sent(node.told(new News.Leaving()), Gossip.class);

    assertEquals(3, gossip.size());
    assertEquals(List.of(claim(1, 1, 1, MemberState.LEFT)), gossip.getFirst().claims());
  }

  @Test
  void restartingNodeSaysHowLongItWillBeAway() {
    OneNode node = OneNode.among(10);

    node.told(new News.Restarting(Duration.ofSeconds(40)));

    assertEquals(MemberState.RESTARTING, node.swim.self().state());
    assertEquals(Duration.ofSeconds(40), node.swim.self().absence());
  }

  @Test
  void departureOverridesAnAccusationOnItsWay() {
    OneNode node = OneNode.among(10);
    node.told(new News.Restarting(Duration.ofSeconds(40)));

    assertEquals(true, node.swim.self().overrides(accused(1, 0, MemberState.SUSPECT, 2)));
  }

  @Test
  void leaverProbesNobodyButStillAnswersAndSpreadsItsLeave() {
    OneNode node = OneNode.among(10);
    node.told(new News.Leaving());

    assertEquals(List.of(), node.fire(new PeriodBegan()));
    assertEquals(
        1, sent(node.hear(2, new Ping(4, SELF, alive(2, 0), List.of())), Ack.class).size());
    assertEquals(3, sent(node.fire(new GossipDue()), Gossip.class).size());
  }

  @Test
  void leaverDoesNotTakeItsLeaveBackWhenAccused() {
    OneNode node = OneNode.among(10);
    node.told(new News.Leaving());

    node.learn(accused(1, 7, MemberState.DEAD, 2));

    assertEquals(claim(1, 1, 8, MemberState.LEFT), node.swim.self());
  }
}
