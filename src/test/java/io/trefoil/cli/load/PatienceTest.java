package io.trefoil.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private final Patience patience = Patience.of(Duration.ofSeconds(30), false);
  private final Random random = new Random(1);

  @Test
  void pausesDoubleUpToTheLongestLessUpToAHalf() {
    for (int round = 0; round < 40; round++) {
      long full = Math.min(2_000, 50L << Math.min(round, 20));
      for (int i = 0; i < 100; i++) {
        long pause = patience.pause(round, Duration.ZERO, random).toMillis();
        assertTrue(pause >= full / 2 && pause <= full, round + ": " + pause);
      }
    }
  }

  @Test
  void aNodeThatAsksForMoreIsGivenIt() {
    Duration asked = Duration.ofSeconds(3);
    assertEquals(asked, patience.pause(0, asked, random));
  }
}
