package io.trefoil.core.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionTest {

  private static final NodeId FIRST = new NodeId(11);

  /// max - (max-min)*ln(c+1)/ln(k+1) with min 1,000 and max 6,000, worked out by hand.
  @ParameterizedTest
  @CsvSource({
    "0, 2, 6000",
    "1, 2, 2846",
    "2, 2, 1000",
    "0, 1, 6000",
    "1, 1, 1000",
    "0, 3, 6000",
    "1, 3, 3500",
    "2, 3, 2038",
    "3, 3, 1000",
    "0, 0, 1000",
    "5, 2, 1000"
  })
  void timeoutFollowsTheFormula(int c, int k, long expected) {
    assertEquals(expected, Suspicion.timeoutNanos(c, k, 1_000, 6_000), 1);
  }

  @Test
  void confirmationsCountOnlyFromDifferentAccusers() {
    Suspicion suspicion = new Suspicion(FIRST, 2, 1_000, 6_000, 0);

    assertFalse(suspicion.confirm(FIRST));
    assertTrue(suspicion.confirm(new NodeId(12)));
    assertFalse(suspicion.confirm(new NodeId(12)));
    assertTrue(suspicion.confirm(new NodeId(13)));
    assertFalse(suspicion.confirm(new NodeId(14)), "two are enough");
    assertEquals(1_000, suspicion.deadlineNanos());
  }

  @Test
  void deadlineMovesByThePauseButNotForTimeBeforeTheSuspicion() {
    Suspicion before = new Suspicion(FIRST, 0, 1_000, 6_000, 100);
    Suspicion during = new Suspicion(FIRST, 0, 1_000, 6_000, 5_000);

    before.shift(4_000, 5_000);
    during.shift(4_000, 5_000);

    assertEquals(5_100, before.deadlineNanos());
    assertEquals(6_000, during.deadlineNanos());
  }
}
