package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotaTest {

  private static final long PERIOD = 500;
  private static final long SOME_TIME = 1_790_000_000_123L;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 10, 31})
  void inEachPeriodEveryMemberIsProbedByOneOther(int members) {
    for (long period = -3; period < 2L * members; period++) {
      Set<NodeId> probed = new TreeSet<>();
      for (int self = 1; self <= members; self++) {
        NodeId target = target(rota(self, members), SOME_TIME + period * PERIOD);
        assertNotEquals(new NodeId(self), target);
        probed.add(target);
      }
      assertEquals(members, probed.size(), "in period " + period);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 31})
  void everybodyProbesEverybodyElseInTurn(int members) {
    Rota rota = rota(1, members);
    List<NodeId> targets = new ArrayList<>();
    for (int period = 0; period < members - 1; period++) {
      targets.add(target(rota, SOME_TIME + period * PERIOD));
    }
    assertEquals(members - 1, new TreeSet<>(targets).size());
  }

  @Test
  void withinAPeriodTheTargetStays() {
    Rota rota = rota(4, 10);
    long start = SOME_TIME - SOME_TIME % PERIOD;
    assertEquals(target(rota, start), target(rota, start + PERIOD - 1));
    assertNotEquals(target(rota, start), target(rota, start + PERIOD));
  }

  @Test
  void whoIsPassedOverIsFollowedByTheNext() {
    Rota rota = rota(4, 10);
    assertEquals(target(rota, SOME_TIME + PERIOD), rota.target(SOME_TIME, 1).subject());
  }

  @Test
  void theGoneAreLeftOutAndNewcomersTakenIn() {
    MemberTable table = table(1, 4);
    Rota rota = new Rota(table, new NodeId(1), PERIOD);
    assertEquals(Set.of(new NodeId(2), new NodeId(3), new NodeId(4)), round(rota, 3));
    table.put(accused(3, 0, MemberState.DEAD, 1));
    table.put(alive(7, 0));
    assertEquals(Set.of(new NodeId(2), new NodeId(4), new NodeId(7)), round(rota, 3));
  }

  /// However the members came and went, the plan is that of somebody who only sees who is left.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void thePlanDoesNotDependOnWhatWasBefore(long seed) {
    SplittableRandom draw = new SplittableRandom(seed);
    MemberTable table = new MemberTable(alive(20, 0));
    Rota rota = new Rota(table, new NodeId(20), PERIOD);
    for (int round = 1; round <= 300; round++) {
      for (int change = draw.nextInt(8); change > 0; change--) {
        int member = 1 + draw.nextInt(40);
        boolean live = member == 20 || draw.nextBoolean();
        table.put(live ? alive(member, round) : accused(member, round, MemberState.DEAD, 20));
      }
      MemberTable fresh = new MemberTable(alive(20, 0));
      table.all().stream().filter(claim -> table.isLive(claim.subject())).forEach(fresh::put);
      long wall = SOME_TIME + draw.nextLong(1_000) * PERIOD;
      assertEquals(new Rota(fresh, new NodeId(20), PERIOD).target(wall, 0), rota.target(wall, 0));
    }
  }

  @Test
  void aloneThereIsNobodyToProbe() {
    assertNull(rota(1, 1).target(SOME_TIME, 0));
    assertNull(rota(1, 3).target(SOME_TIME, 2), "all others were passed over");
  }

  private static Set<NodeId> round(Rota rota, int periods) {
    Set<NodeId> targets = new TreeSet<>();
    for (int period = 0; period < periods; period++) {
      targets.add(target(rota, SOME_TIME + period * PERIOD));
    }
    return targets;
  }

  private static NodeId target(Rota rota, long wallMillis) {
    return rota.target(wallMillis, 0).subject();
  }

  private static Rota rota(int self, int members) {
    return new Rota(table(self, members), new NodeId(self), PERIOD);
  }

  private static MemberTable table(int self, int members) {
    MemberTable table = new MemberTable(alive(self, 0));
    for (int n = members; n >= 1; n--) {
      if (n != self) {
        table.put(alive(n, 0));
      }
    }
    return table;
  }
}
