package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.receivers;
import static io.trefoil.core.membership.OneNode.sent;
import static io.trefoil.core.membership.OneNode.wakeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.membership.MembershipAlarm.ProbeOverdue;
import io.trefoil.core.membership.MembershipAlarm.SuspicionExpired;
import io.trefoil.core.membership.MembershipMessage.Ack;
import io.trefoil.core.membership.MembershipMessage.Gossip;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.membership.MembershipMessage.Reconcile;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Deaths told by others. After a split each half tells those of the other: nobody who is there is
/// suspected or held dead for that.
class HearsayTest {

  private static final NodeId TWO = new NodeId(2);
  private static final Claim DEAD = accused(2, 0, MemberState.DEAD, 3);

  static Stream<MembershipMessage> tellings() {
    return Stream.of(new Gossip(List.of(DEAD)), new Reconcile(List.of(DEAD)));
  }

  @ParameterizedTest
  @MethodSource("tellings")
  void aDeathOfAMemberHeldAliveIsPutToItAndItsDenialIsTaken(MembershipMessage telling) {
    OneNode node = OneNode.among(10);

    var effects = node.hear(3, telling);

    assertEquals(alive(2, 0), node.swim.claimOf(TWO).get());
    assertEquals(List.of(TWO), receivers(effects, Ping.class));
    Ping ping = sent(effects, Ping.class).getFirst();
    assertEquals(List.of(DEAD), ping.claims());

    node.hear(2, new Ack(ping.number(), alive(2, 1), List.of()));

    assertEquals(alive(2, 1), node.swim.claimOf(TWO).get());
    assertEquals(List.of(), receivers(node.fire(new ProbeOverdue(ping.number())), Ping.class));
  }

  @ParameterizedTest
  @MethodSource("tellings")
  void whoSaysNothingToItIsSuspect(MembershipMessage telling) {
    OneNode node = OneNode.among(10);
    Ping ping = sent(node.hear(3, telling), Ping.class).getFirst();

    node.silence(ping);

    assertEquals(accused(2, 0, MemberState.SUSPECT, 1), node.swim.claimOf(TWO).get());
  }

  @Test
  void evidenceThatIsNewerThanWhatWasHeldBecomesTheAccusation() {
    OneNode node = OneNode.among(10);
    Ping ping = sent(node.learn(accused(2, 4, MemberState.DEAD, 3)), Ping.class).getFirst();

    node.silence(ping);

    assertEquals(accused(2, 4, MemberState.SUSPECT, 1), node.swim.claimOf(TWO).get());
  }

  @Test
  void manyWhoTellItMakeOneQuestion() {
    OneNode node = OneNode.among(10);
    node.learn(DEAD);

    assertEquals(List.of(), receivers(node.learn(DEAD), Ping.class));
  }

  @Test
  void aSuspectHadTheTimeToDeny() {
    OneNode node = OneNode.among(10);

    node.learnDeath(2, 0, 3);

    assertEquals(DEAD, node.swim.claimOf(TWO).get());
  }

  @Test
  void aDeathOutOfATableConfirmsASuspicion() {
    OneNode node = OneNode.among(10);
    node.learn(accused(2, 0, MemberState.SUSPECT, 4));

    var effects = node.hear(3, new Reconcile(List.of(DEAD)));

    assertEquals(accused(2, 0, MemberState.SUSPECT, 4), node.swim.claimOf(TWO).get());
    assertTrue(wakeOf(effects, new SuspicionExpired(TWO)).compareTo(Duration.ofMillis(4_500)) < 0);
  }
}
