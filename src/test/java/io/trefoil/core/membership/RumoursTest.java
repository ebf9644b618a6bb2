package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.SELF;
import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static io.trefoil.core.membership.OneNode.claim;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RumoursTest {

  private static final int ROOM = 1_000;
  private final Rumours rumours = new Rumours(SELF);

  @Test
  void ownClaimsGoFirstThenDeadThenSuspectThenAlive() {
    rumours.add(alive(4, 0));
    rumours.add(accused(3, 0, MemberState.SUSPECT, 9));
    rumours.add(accused(2, 0, MemberState.DEAD, 9));
    rumours.add(alive(1, 1));

    assertEquals(
        List.of(MemberState.ALIVE, MemberState.DEAD, MemberState.SUSPECT, MemberState.ALIVE),
        take().stream().map(Claim::state).toList());
  }

  @Test
  void denialsGoAmongAccusationsTheLeastSentFirst() {
    Claim accusation = accused(2, 0, MemberState.SUSPECT, 9);
    rumours.add(alive(4, 0));
    rumours.add(accusation);
    assertEquals(List.of(accusation), rumours.take(accusation.encodedBytes(), 9, NodeId.NONE));
    rumours.addDenial(alive(3, 1));

    assertEquals(List.of(alive(3, 1), accusation, alive(4, 0)), take());
  }

  @Test
  void newestClaimTakesTheSlotOfItsSubject() {
    rumours.add(alive(2, 0));
    rumours.add(accused(2, 0, MemberState.SUSPECT, 9));

    assertEquals(List.of(accused(2, 0, MemberState.SUSPECT, 9)), take());
  }

  @Test
  void leastSentGoesFirstWhenRoomIsShort() {
    int one = alive(2, 0).encodedBytes();
    rumours.add(alive(2, 0));
    assertEquals(List.of(alive(2, 0)), rumours.take(one, 9, NodeId.NONE));

    rumours.add(alive(3, 0));

    assertEquals(List.of(alive(3, 0)), rumours.take(one, 9, NodeId.NONE));
  }

  @Test
  void claimIsSentSoManyTimesAndNoMore() {
    rumours.add(accused(2, 0, MemberState.DEAD, 9));

    for (int i = 0; i < 5; i++) {
      assertEquals(1, rumours.take(ROOM, 5, NodeId.NONE).size());
    }
    assertTrue(rumours.isEmpty());
  }

  @Test
  void aliveClaimHeardFromOthersIsSentLessOften() {
    rumours.add(alive(2, 0));
    rumours.heardAgain(alive(2, 0));

    take();
    assertEquals(1, rumours.take(ROOM, 5, NodeId.NONE).size());
    assertTrue(rumours.isEmpty(), "heard once counts as sent three times");
  }

  @Test
  void accusationHeardFromOthersIsSentInFull() {
    Claim dead = accused(2, 0, MemberState.DEAD, 9);
    rumours.add(dead);
    rumours.heardAgain(dead);
    rumours.heardAgain(dead);

    for (int i = 0; i < 5; i++) {
      assertEquals(List.of(dead), rumours.take(ROOM, 5, NodeId.NONE));
    }
  }

  @Test
  void packetIsNeverOverfilled() {
    for (int n = 2; n < 100; n++) {
      rumours.add(alive(n, 0));
    }

    int bytes = take().stream().mapToInt(Claim::encodedBytes).sum();

    assertTrue(bytes <= ROOM && bytes > ROOM - 150, "filled " + bytes + " of " + ROOM);
  }

  @Test
  void mostSentOfTheLeastImportantGivesWayWhenTooManyWait() {
    rumours.add(alive(2, 0));
    assertEquals(1, take().size());
    for (int n = 3; n < 3_000; n++) {
      rumours.add(accused(n, 0, MemberState.DEAD, 9));
    }

    assertEquals(2_048, rumours.size());
    assertTrue(take().stream().noneMatch(c -> c.state() == MemberState.ALIVE));
  }

  @Test
  void receiverIsNotToldAboutItself() {
    rumours.add(alive(2, 0));
    rumours.add(claim(3, 1, 0, MemberState.ALIVE));

    assertEquals(List.of(alive(3, 0)), rumours.take(ROOM, 5, new NodeId(2)));
  }

  private List<Claim> take() {
    return rumours.take(ROOM, 5, NodeId.NONE);
  }
}
