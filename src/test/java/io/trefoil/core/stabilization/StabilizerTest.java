package io.trefoil.core.stabilization;

import static io.trefoil.core.stabilization.Network.ids;
import static io.trefoil.core.stabilization.Network.tombstone;
import static io.trefoil.core.stabilization.Network.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.core.stabilization.StabilizationMessage.Compare;
import io.trefoil.core.stabilization.StabilizationMessage.Compared;
import io.trefoil.core.stabilization.StabilizationMessage.Fetch;
import io.trefoil.core.stabilization.StabilizationMessage.Misfit;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StabilizerTest {

  private static final ReplicaSet STABLE = ReplicaSet.stable(1, ids(1, 2, 3));
  private static final ReplicaSet MOVING = STABLE.moving(2, ids(1, 2, 4));

  private final Network net = new Network(7, 4);

  private void start(int... nodes) {
    for (int node : nodes) {
      net.site(node).start();
    }
  }

  @Test
  void copiesThatDifferBecomeEqualAndWhole() {
    net.map(STABLE);
    net.site(1).put(0, "a", value(1, 1, 10));
    net.site(2).put(0, "a", value(1, 5, 10));
    net.site(2).put(0, "b", value(1, 2, 10));
    net.site(3).put(0, "c", tombstone(1, 3));
    start(1, 2, 3);
    assertEquals(List.of(0), net.site(1).progress().behind());
    net.run(Duration.ofSeconds(5));

    for (int node = 1; node <= 3; node++) {
      assertEquals(3, net.site(node).held(0).size());
      assertEquals(value(1, 5, 10), net.site(node).held(0).get(new Key("a")));
      assertTrue(net.site(node).isWhole(0));
      assertTrue(net.site(node).progress().isWhole());
      assertTrue(net.site(node).copying.isEmpty());
    }
  }

  @Test
  void oneVoterAloneIsWholeAtOnce() {
    net.map(ReplicaSet.stable(1, ids(1)));
    start(1);

    assertTrue(net.site(1).progress().isWhole());
  }

  @Test
  void newVoterIsCompleteOnlyWithAMajorityOfTheOld() {
    net.map(MOVING);
    net.site(1).put(0, "a", value(1, 1, 10));
    net.site(2).put(0, "b", value(1, 2, 10));
    start(1, 4);
    net.run(Duration.ofSeconds(5));
    assertFalse(net.site(4).isComplete(0), "one of three old voters is no majority");
    start(2);
    net.run(Duration.ofSeconds(5));

    assertTrue(net.site(4).isComplete(0));
    assertFalse(net.site(4).isWhole(0), "the voters are still moving");
    assertEquals(List.of(0), net.site(4).progress().open());
    assertEquals(2, net.site(4).held(0).size());
    assertEquals(
        1L,
        net.events.stream()
            .filter(
                event -> event instanceof Event.CopyFinished(int p, long e, _) && p == 0 && e == 2)
            .filter(event -> ((Event.CopyFinished) event).bytes() > 100)
            .count());
  }

  @Test
  void voterFromBeforeIsBehindUntilItHasCaughtUp() {
    net.map(MOVING);
    start(1);
    net.run(Duration.ofSeconds(5));
    assertEquals(List.of(0), net.site(1).progress().behind());
    start(3);
    net.run(Duration.ofSeconds(5));
    assertTrue(net.site(1).isComplete(0));

    net.rules = EnumSet.complementOf(EnumSet.of(Rule.CATCH_UP_FIRST));
    net.site(1).crash();
    start(1);
    assertTrue(net.site(1).isComplete(0), "without the rule it would count at once");
  }

  @Test
  void whoIsAboutToLeaveOwesNothing() {
    net.map(MOVING);
    start(3);

    assertEquals(List.of(), net.site(3).progress().behind());
    assertEquals(List.of(0), net.site(3).progress().open());
  }

  @Test
  void sourceInAnotherEpochIsNoSource() {
    net.map(STABLE);
    net.site(2).learn(ReplicaSet.stable(5, ids(1, 2, 3)));
    start(1, 2);
    net.run(Duration.ofSeconds(3));
    assertFalse(net.site(1).isComplete(0));
    assertTrue(net.sent.stream().anyMatch(s -> s.message() instanceof Misfit(_, long e) && e == 5));
    net.site(1).learn(ReplicaSet.stable(5, ids(1, 2, 3)));
    net.run(Duration.ofSeconds(3));

    assertTrue(net.site(1).isComplete(0));
  }

  @Test
  void sourceThatMayNotVoteDoesNotAnswer() {
    net.map(STABLE);
    net.site(2).mayVote = false;
    start(1, 2);
    net.run(Duration.ofSeconds(3));
    assertFalse(net.site(2).isComplete(0) && net.site(2).isWhole(0));
    assertTrue(net.sent.stream().noneMatch(s -> s.from() == 2 && s.message() instanceof Compared));
    net.site(2).mayVote = true;
    net.run(Duration.ofSeconds(3));

    assertTrue(net.site(1).isComplete(0));
  }

  @Test
  void whoeverIsFoundEqualByAnAskerNeedNotAsk() {
    net.map(ReplicaSet.stable(1, ids(1, 2)));
    start(1, 2);
    net.run(Duration.ofSeconds(3));
    net.site(1).crash();
    net.sent.clear();
    start(1);
    net.run(Duration.ofSeconds(3));

    assertTrue(net.site(1).isWhole(0) && net.site(2).isWhole(0));
    assertTrue(net.sent.stream().noneMatch(s -> s.from() == 2 && s.message() instanceof Compare));
  }

  @Test
  void restartedVoterIsAskedWhatOnlyItHolds() {
    net.map(STABLE);
    start(1, 2, 3);
    net.run(Duration.ofSeconds(3));
    assertTrue(net.site(1).isWhole(0));
    net.site(3).crash();
    net.site(3).put(0, "only", value(1, 9, 10));
    start(3);
    net.run(Duration.ofSeconds(3));

    for (int node = 1; node <= 3; node++) {
      assertTrue(net.site(node).isWhole(0));
      assertEquals(value(1, 9, 10), net.site(node).held(0).get(new Key("only")));
    }
  }

  @Test
  void sourceThatRestartsInTheMiddleIsAskedOnFromThere() {
    net.map(ReplicaSet.stable(1, ids(1, 2)));
    for (int i = 0; i < 200; i++) {
      net.site(2).put(0, "key" + i, value(1, i + 1, 100));
    }
    start(1, 2);
    net.run(Duration.ofMillis(150));
    int before = net.site(1).held(0).size();
    assertTrue(before > 0 && before < 200, before + " keys came before the restart");
    net.site(2).crash();
    start(2);
    net.run(Duration.ofSeconds(5));

    assertEquals(200, net.site(1).held(0).size());
    assertTrue(net.site(1).isWhole(0) && net.site(2).isWhole(0));
    assertEquals(
        1,
        net.sent.stream()
            .filter(s -> s.from() == 1)
            .filter(s -> s.message() instanceof Fetch(_, _, _, _, var after) && after.isEmpty())
            .map(s -> s.message().number())
            .distinct()
            .count(),
        "the copy went on where it was");
  }

  @Test
  void restartedAskerFetchesOnlyWhatIsStillMissing() {
    net.map(ReplicaSet.stable(1, ids(1, 2)));
    for (int i = 0; i < 400; i++) {
      net.site(2).put(0, "key" + i, value(1, i + 1, 100));
      net.site(1).put(0, "key" + i, value(1, i + 1, 100));
    }
    net.site(1).held(0).remove(new Key("key77"));
    start(1, 2);
    net.run(Duration.ofSeconds(5));

    assertEquals(400, net.site(1).held(0).size());
    assertTrue(
        net.site(1).process.orElseThrow().copiedBytes() < 400 * 164 / 16, "one bucket of 64");
  }

  @Test
  void ratePerSecondIsKept() {
    net.copyBytesPerSecond = 20_000;
    net.map(ReplicaSet.stable(1, ids(1, 2)));
    for (int i = 0; i < 200; i++) {
      net.site(2).put(0, "key" + i, value(1, i + 1, 1_000));
    }
    start(1, 2);
    net.run(Duration.ofSeconds(5));
    long copied = net.site(1).process.orElseThrow().copiedBytes();
    assertTrue(copied > 80_000 && copied < 120_000, copied + " bytes in 5 s");
    net.run(Duration.ofSeconds(10));

    assertEquals(200, net.site(1).held(0).size());
  }

  @Test
  void copyingGoesInSmallStepsWhileClientsWaitAndAtFullSpeedAfterwards() {
    ReplicaSet[] sets = new ReplicaSet[400];
    Arrays.fill(sets, ReplicaSet.stable(1, ids(1, 2)));
    net.map(sets);
    net.areClientsWaiting = true;
    start(1, 2);
    net.run(Duration.ofSeconds(1));
    long asked = net.sent.stream().filter(sent -> sent.message() instanceof Compare).count();
    assertTrue(asked > 50 && asked <= 101, asked + " questions in a second, of two nodes");
    net.areClientsWaiting = false;
    net.run(Duration.ofSeconds(1));

    assertTrue(net.site(1).progress().isWhole());
  }

  @Test
  void surplusIsDroppedOnlyWhenTold() {
    net.map(ReplicaSet.stable(1, ids(1)), ReplicaSet.stable(1, ids(2)));
    net.site(1).put(0, "a", value(1, 1, 10));
    net.site(1).put(1, "b", value(1, 1, 10));
    start(1);
    net.run(Duration.ofSeconds(5));
    assertEquals(List.of(1), net.site(1).progress().surplus());
    assertEquals(List.of(), net.site(1).dropped);
    net.site(1).process.orElseThrow().drop(List.of(0, 1, 9));

    assertEquals(List.of(1), net.site(1).dropped, "the other it votes for, the third is none");
  }

  @Test
  void scrubFindsAndRepairsWhatRotted() {
    net.scrubEvery = Duration.ofSeconds(20);
    net.map(STABLE);
    net.site(1).put(0, "a", value(1, 1, 10));
    start(1, 2, 3);
    net.run(Duration.ofSeconds(5));
    net.site(2).held(0).clear();
    net.run(Duration.ofSeconds(40));

    assertEquals(value(1, 1, 10), net.site(2).held(0).get(new Key("a")));
    assertTrue(net.site(2).isWhole(0));
  }

  @Test
  void copyThatCannotBeReadIsNeitherCompleteNorASource() {
    net.scrubEvery = Duration.ofSeconds(2);
    net.map(STABLE);
    start(1, 2, 3);
    net.run(Duration.ofSeconds(5));
    net.site(2).unreadable.add(0);
    net.run(Duration.ofSeconds(5));
    assertEquals(List.of(new Event.CopyDamaged(0)), net.events);
    assertEquals(List.of(0), net.site(2).progress().behind());
    net.site(1).crash();
    net.site(3).crash();
    start(1);
    net.run(Duration.ofSeconds(5));

    assertFalse(net.site(1).isComplete(0));
    assertTrue(net.site(2).copying.isEmpty());
  }

  @Test
  void scrubWithoutADifferenceTakesNothingBack() {
    net.scrubEvery = Duration.ofSeconds(1);
    net.map(STABLE);
    start(1, 2, 3);
    net.run(Duration.ofSeconds(5));
    long before = compares();
    for (int i = 0; i < 2_000; i++) {
      net.run(Duration.ofMillis(2));
      assertTrue(net.site(1).isWhole(0));
    }

    assertTrue(compares() - before >= 18, "three nodes compared with two others each second");
  }

  private long compares() {
    return net.sent.stream().filter(s -> s.message() instanceof Compare).count();
  }

  @Test
  void pendingKeysKeepACopyOpen() {
    net.map(STABLE);
    net.site(1).pending.add(0);
    start(1, 2, 3);
    net.run(Duration.ofSeconds(5));
    assertEquals(List.of(0), net.site(1).progress().open());
    net.site(1).pending.clear();

    assertTrue(net.site(1).progress().isWhole());
  }

  @Test
  void equalCopiesAreToldWithTheTimeTheyWereReadAt() {
    net.map(STABLE);
    start(1, 2, 3);
    net.run(Duration.ofSeconds(5));

    long until = net.site(1).equal.get(0);
    assertTrue(until < Duration.ofSeconds(1).toNanos() && until >= -1, "until " + until);
  }

  @Test
  void floorIsTakenOverAlsoWhereNothingElseDiffers() {
    Ballot floor = value(1, 9, 0).accepted();
    net.map(STABLE);
    net.site(2).floors.put(0, floor);
    start(1, 2, 3);
    net.run(Duration.ofSeconds(5));

    assertEquals(Optional.of(floor), Optional.ofNullable(net.site(1).floors.get(0)));
    assertEquals(Optional.of(floor), Optional.ofNullable(net.site(3).floors.get(0)));
  }
}
