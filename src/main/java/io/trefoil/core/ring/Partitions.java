package io.trefoil.core.ring;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.Key;

/// The cut of the ring into equal arcs. A token's partition is its high bits.
///
/// @param count a power of two, 1 to 2^20, fixed when the cluster is born
public record Partitions(int count) {

  /// Keeps the peak within 1.10 of the mean up to fifty nodes; for more, 16,384.
  public static final int DEFAULT_COUNT = 4_096;

  /// The most there can be.
  public static final int MAX_COUNT = 1 << 20;

  /// Refuses what is not a power of two in range.
  public Partitions {
    Check.that(
        count >= 1 && count <= MAX_COUNT && Integer.bitCount(count) == 1,
        "the partition count is a power of two from 1 to 2^20");
  }

  /// The partition of a key, 0 to count - 1.
  public int of(Key key) {
    return of(Token.of(key));
  }

  /// The partition of a token.
  public int of(long token) {
    return count == 1 ? 0 : (int) (token >>> (Long.SIZE - bits()));
  }

  /// The lowest token of a partition.
  public long start(int partition) {
    return count == 1 ? 0 : (long) partition << (Long.SIZE - bits());
  }

  private int bits() {
    return Integer.numberOfTrailingZeros(count);
  }
}
