package io.trefoil.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000_000L, Long.MAX_VALUE - 1_000, Long.MIN_VALUE + 1_000})
  void aBurstIsLetGoAndNoMore(long start) {
    var pacer = new Pacer(start);

    assertEquals(Pacer.BURST, taken(pacer, start));
  }

  @Test
  void theBucketFillsAtASteadyRate() {
    var pacer = new Pacer(0);
    taken(pacer, 0);

    assertEquals(0, taken(pacer, Pacer.NANOS_EACH - 1));
    assertEquals(1, taken(pacer, Pacer.NANOS_EACH));
    assertEquals(5, taken(pacer, 6 * Pacer.NANOS_EACH));
  }

  @Test
  void aLongRestFillsItNoFurtherThanItHolds() {
    var pacer = new Pacer(0);
    taken(pacer, 0);

    assertEquals(Pacer.BURST, taken(pacer, 3_600_000_000_000L));
  }

  private static int taken(Pacer pacer, long nowNanos) {
    int taken = 0;
    while (taken <= 2 * Pacer.BURST && pacer.take(nowNanos)) {
      taken++;
    }
    return taken;
  }
}
