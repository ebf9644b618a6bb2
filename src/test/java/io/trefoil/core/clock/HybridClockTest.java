package io.trefoil.core.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import org.junit.jupiter.api.Test;

class HybridClockTest {

  private static final long WALL = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final HybridClock clock = new HybridClock(new NodeId(1), 1);

  @Test
  void timestampsGrowWithinOneMillisecond() {
    HybridTimestamp first = clock.tick(at(0));
    HybridTimestamp second = clock.tick(at(0));
    assertTrue(second.compareTo(first) > 0);
    assertEquals(WALL, second.millis());
  }

  @Test
  void aTimeSlightlyAheadIsFollowedAndOneFarAheadIsNot() {
    clock.observe(new NodeId(2), HybridTimestamp.ofMillis(WALL + 100), at(0));
    assertTrue(clock.tick(at(0)).millis() >= WALL + 100);
    clock.observe(new NodeId(3), HybridTimestamp.ofMillis(WALL + HOUR), at(0));
    assertTrue(clock.tick(at(0)).millis() < WALL + HybridClock.MAX_AHEAD_MILLIS);
  }

  @Test
  void aBallotIsLiftedAboveWhatStandsInItsWayAndTheClockIsNot() {
    Ballot far = new Ballot(1, HybridTimestamp.ofMillis(WALL + HOUR), new NodeId(9), 1);
    assertTrue(clock.draw(1, far, at(0)).above(far));
    assertEquals(WALL, clock.tick(at(0)).millis());
  }

  @Test
  void noBallotIsDrawnTwiceEvenIfTheClockGoesBack() {
    Ballot first = clock.draw(1, Ballot.ZERO, at(0));
    Ballot again = clock.draw(1, Ballot.ZERO, new Now(1_000_000, WALL - HOUR));
    Ballot restarted = new HybridClock(new NodeId(1), 2).draw(1, Ballot.ZERO, at(0));
    assertNotEquals(first, again);
    assertNotEquals(first.draw(), again.draw());
    assertNotEquals(first.draw(), restarted.draw());
  }

  @Test
  void oneWrongPeerMovesNobodyButAWrongLocalClockIsCorrected() {
    clock.observe(new NodeId(2), HybridTimestamp.ofMillis(WALL), at(0));
    clock.observe(new NodeId(3), HybridTimestamp.ofMillis(WALL + HOUR), at(0));
    assertEquals(WALL, clock.wallMillis(at(0)));

    HybridClock ahead = new HybridClock(new NodeId(4), 1);
    Now wrong = new Now(0, WALL + HOUR);
    ahead.observe(new NodeId(1), HybridTimestamp.ofMillis(WALL), wrong);
    ahead.observe(new NodeId(2), HybridTimestamp.ofMillis(WALL), wrong);
    assertEquals(WALL, ahead.wallMillis(wrong));
    assertEquals(HOUR, ahead.skewMillis());
    assertEquals(-HOUR, ahead.offsetMillis(new NodeId(1)).orElseThrow());
  }

  @Test
  void packetsThatWereLongUnderWayDoNotMoveTheClock() {
    for (int peer = 2; peer <= 3; peer++) {
      clock.observe(new NodeId(peer), HybridTimestamp.ofMillis(WALL), at(0));
      clock.observe(new NodeId(peer), HybridTimestamp.ofMillis(WALL), at(2_000));
    }
    assertEquals(WALL + 2_000, clock.wallMillis(at(2_000)));
  }

  @Test
  void aStepOfTheLocalClockIsCorrectedAtOnce() {
    clock.observe(new NodeId(2), HybridTimestamp.ofMillis(WALL), at(0));
    clock.observe(new NodeId(3), HybridTimestamp.ofMillis(WALL), at(0));
    assertEquals(WALL + 10, clock.wallMillis(new Now(10_000_000, WALL + 10 + HOUR)));
  }

  private static Now at(long millis) {
    return new Now(millis * 1_000_000, WALL + millis);
  }
}
