package io.trefoil.simulation.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Scenario 29 with as many nodes as a build has time for; `-Dtrefoil.nodes=100
/// -Dtrefoil.keys=10000 -Dtrefoil.partitions=8192` is the scenario as written and takes a minute or
/// two, `-Dtrefoil.seed` another run.
class StoreTrialTest {

  private static final long SEED = Long.getLong("trefoil.seed", 1);
  private static final int NODES = Integer.getInteger("trefoil.nodes", 12);
  private static final int KEYS = Integer.getInteger("trefoil.keys", 1_200);
  private static final int PARTITIONS = Integer.getInteger("trefoil.partitions", 1_024);

  /// Tokens alone leave a tenth; keys fall on nodes by chance, and of a hundred nodes one has three
  /// standard deviations more than its share.
  private static final double PEAK_TO_MEAN = 1.10 + 3 / Math.sqrt(3.0 * KEYS / NODES);

  @Test
  void manyNodesShareTheKeysEvenlyAndReplaceTheCopiesOfOneThatDied() {
    StoreRow row = StoreTrial.run(SEED, NODES, KEYS, PARTITIONS);
    assertTrue(row.whole().orElseThrow().compareTo(Duration.ofSeconds(60)) < 0, row::toString);
    assertEquals(0, row.notDone(), row::toString);
    assertTrue(row.peakToMean() > 1 && row.peakToMean() <= PEAK_TO_MEAN, row::toString);
    assertTrue(row.repaired().orElseThrow().compareTo(Duration.ofSeconds(90)) < 0, row::toString);
    assertEquals(0, row.wrongCopies(), row::toString);
    assertEquals(0, row.surplusCopies(), row::toString);
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> StoreTrial.run(1, 3, 1, 16));
    assertThrows(IllegalArgumentException.class, () -> StoreTrial.run(1, 4, 0, 16));
    assertThrows(IllegalArgumentException.class, () -> StoreTrial.run(1, 4, 1, 15));
  }
}
