package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.claim;
import static io.trefoil.core.membership.OneNode.peer;
import static io.trefoil.core.membership.OneNode.sent;
import static io.trefoil.core.membership.OneNode.wakeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.membership.MembershipAlarm.ComparisonDue;
import io.trefoil.core.membership.MembershipMessage.Compare;
import io.trefoil.core.membership.MembershipMessage.Differ;
import io.trefoil.core.membership.MembershipMessage.Reconcile;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void digestGoesToOneMemberEveryTenSeconds() {
    OneNode node = OneNode.among(5);

    var effects = node.fire(new ComparisonDue());

    assertEquals(1, sent(effects, Compare.class).size());
    assertEquals(Duration.ofSeconds(10), wakeOf(effects, new ComparisonDue()));
  }

  @Test
  void equalViewsNeedNoAnswer() {
    OneNode node = OneNode.among(5);
    Digest digest = sent(node.fire(new ComparisonDue()), Compare.class).getFirst().digest();

    assertEquals(List.of(), node.hear(2, new Compare(digest)));
  }

  @Test
  void onlyTheBucketsThatDifferAreExchanged() {
    OneNode node = OneNode.among(50);
    MemberTable other = new MemberTable(alive(1, 0));
    for (int n = 2; n <= 50; n++) {
      other.put(alive(n, n == 17 ? 3 : 0));
    }

    var effects = node.hear(17, new Compare(other.digest()));

    Differ differ = sent(effects, Differ.class).getFirst();
    assertEquals(List.of(ClaimStore.bucketOf(new NodeId(17))), differ.buckets());
    assertTrue(differ.claims().contains(alive(17, 0)) && differ.claims().size() < 5);
  }

  @Test
  void differenceIsLearntAndAnsweredWithTheOtherHalf() {
    OneNode node = OneNode.among(3);
    int bucket = ClaimStore.bucketOf(new NodeId(2));

    var effects = node.hear(3, new Differ(List.of(bucket), List.of(alive(2, 4))));

    assertTrue(effects.contains(new Effect.Send<>(peer(3), new Reconcile(List.of(alive(2, 0))))));
    assertEquals(4, node.swim.claimOf(new NodeId(2)).orElseThrow().incarnation());
  }

  @Test
  void deathOfAMemberHeldDeadStaysADeath() {
    OneNode node = OneNode.among(10);
    node.learnDeath(2, 0, 3);

    node.hear(3, new Reconcile(List.of(accused(2, 7, MemberState.DEAD, 3))));

    assertEquals(accused(2, 7, MemberState.DEAD, 3), node.swim.claimOf(new NodeId(2)).get());
  }

  @Test
  void unknownMembersThatAreGoneAreNotTakenOutOfATable() {
    OneNode node = OneNode.among(3);

    node.hear(
        3,
        new Reconcile(
            List.of(accused(8, 0, MemberState.DEAD, 3), claim(9, 1, 0, MemberState.LEFT))));

    assertTrue(node.swim.claimOf(new NodeId(8)).isEmpty());
    assertTrue(node.swim.claimOf(new NodeId(9)).isEmpty());
  }

  @Test
  void unknownMemberWhoseDeathIsNewsStaysDeadAgainstOlderNews() {
    OneNode node = OneNode.among(3);
    node.learn(accused(8, 0, MemberState.DEAD, 3));

    node.learn(alive(8, 0));

    assertEquals(MemberState.DEAD, node.stateOf(8));
  }
}
