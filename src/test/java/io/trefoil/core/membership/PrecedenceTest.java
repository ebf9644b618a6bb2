package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.announced;
import static io.trefoil.core.membership.OneNode.claim;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecedenceTest {

  private static final NodeId TWO = new NodeId(2);

  @ParameterizedTest
  @CsvSource({
    "1,0,ALIVE,   1,0,RESTARTING",
    "1,0,ALIVE,   1,0,SUSPECT",
    "1,0,SUSPECT, 1,0,DEAD",
    "1,0,DEAD,    1,0,LEFT",
    "1,0,SUSPECT, 1,1,ALIVE",
    "1,0,DEAD,    1,1,ALIVE",
    "1,9,DEAD,    2,0,ALIVE",
    "1,9,LEFT,    2,0,SUSPECT"
  })
  void higherRunThenIncarnationThenLaterStateWins(
      long run, long inc, MemberState state, long run2, long inc2, MemberState state2) {
    Claim weaker = claim(2, run, inc, state);
    Claim stronger = claim(2, run2, inc2, state2);

    assertTrue(stronger.overrides(weaker));
    assertTrue(!weaker.overrides(stronger));
  }

  @Test
  void evidenceRisesEvenWhereTheStateStays() {
    OneNode node = OneNode.among(4);
    node.learnDeath(3, 0, 2);
    node.learn(accused(3, 5, MemberState.DEAD, 2));

    node.learn(alive(3, 4));

    assertEquals(MemberState.DEAD, node.stateOf(3));
    assertEquals(5, node.swim.claimOf(new NodeId(3)).orElseThrow().incarnation());
  }

  /// Whatever the order of arrival, the strongest claim is what stays.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void orderOfArrivalDoesNotMatter(long seed) {
    List<Claim> claims = new ArrayList<>();
    for (long run = 1; run <= 2; run++) {
      for (long incarnation = 0; incarnation < 3; incarnation++) {
        for (MemberState state : MemberState.values()) {
          claims.add(claim(3, run, incarnation, state));
        }
      }
    }
    Collections.shuffle(claims, new Random(seed));
    OneNode node = OneNode.among(3);

    claims.forEach(node::learn);

    assertEquals(claim(3, 2, 2, MemberState.LEFT), node.swim.claimOf(new NodeId(3)).orElseThrow());
  }

  @Test
  void everyChangeOfStateIsAnnouncedOnce() {
    OneNode node = OneNode.among(3);

    assertEquals(
        List.of(
            new Event.MemberChanged(new NodeId(7), "node-7", Optional.empty(), MemberState.ALIVE)),
        announced(node.learn(alive(7, 0))));
    assertEquals(List.of(), announced(node.learn(alive(7, 1))));
    assertEquals(
        List.of(
            new Event.MemberChanged(
                TWO, "node-2", Optional.of(MemberState.ALIVE), MemberState.SUSPECT)),
        announced(node.learn(accused(2, 0, MemberState.SUSPECT, 3))));
    assertEquals(List.of(), announced(node.learn(accused(2, 0, MemberState.SUSPECT, 4))));
  }

  @Test
  void higherRunWithANewAddressIsTakenAtOnce() {
    OneNode node = OneNode.among(3);
    Claim moved = Claim.own(TWO, 2, 0, MemberState.ALIVE, OneNode.profile(77));

    node.hear(3, new MembershipMessage.Gossip(List.of(moved)));

    assertEquals(Optional.of(OneNode.addressOf(77)), node.swim.addressOf(TWO));
  }

  @Test
  void onlyAliveMembersAreReachable() {
    OneNode node = OneNode.among(6);
    node.learn(accused(2, 0, MemberState.SUSPECT, 6));
    node.learnDeath(3, 0, 6);
    node.learn(claim(4, 1, 0, MemberState.LEFT));
    node.learn(claim(5, 1, 0, MemberState.RESTARTING));

    List<Boolean> reachable = new ArrayList<>();
    for (int n = 1; n <= 7; n++) {
      reachable.add(node.swim.isReachable(new NodeId(n)));
    }

    assertEquals(List.of(true, false, false, false, false, true, false), reachable);
    assertEquals(6, node.swim.members().size());
  }

  @Test
  void loadIsBelievedOnlyFromTheMemberItself() {
    OneNode node = OneNode.among(3);
    Claim told = Claim.own(TWO, 1, 0, MemberState.ALIVE, OneNode.profile(2).with(0, 30));

    node.hear(3, new MembershipMessage.Gossip(List.of(told)));
    assertEquals(0, node.swim.claimOf(TWO).orElseThrow().profile().load());
    node.hear(2, new MembershipMessage.Ping(1, OneNode.SELF, told, List.of()));

    assertEquals(30, node.swim.claimOf(TWO).orElseThrow().profile().load());
  }

  @Test
  void newEpochOfAMemberIsTakenWithoutAHigherIncarnation() {
    OneNode node = OneNode.among(3);
    Claim told = Claim.own(TWO, 1, 0, MemberState.ALIVE, OneNode.profile(2).with(5, 30));

    List<Event> events = announced(node.learn(told));

    assertEquals(List.of(), events);
    assertEquals(told, node.swim.claimOf(TWO).orElseThrow());
    node.learn(alive(2, 0));
    node.hear(2, new MembershipMessage.Ping(1, OneNode.SELF, alive(2, 0), List.of()));
    assertEquals(5, node.swim.claimOf(TWO).orElseThrow().profile().epoch(), "no way back");
  }
}
