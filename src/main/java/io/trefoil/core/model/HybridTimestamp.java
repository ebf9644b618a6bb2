package io.trefoil.core.model;

/// A hybrid logical timestamp: milliseconds of wall time in the upper 48 bits, a logical counter in
/// the lower 16. It orders events as their causes do and stays close to the wall clock.
///
/// Source: Kulkarni et al., Logical Physical Clocks, 2014.
///
/// @param bits milliseconds since 1970 shifted left by 16, plus the counter
public record HybridTimestamp(long bits) implements Comparable<HybridTimestamp> {

  /// Before every timestamp that a clock draws.
  public static final HybridTimestamp ZERO = new HybridTimestamp(0);

  private static final int COUNTER_BITS = 16;

  /// The first timestamp of a millisecond.
  public static HybridTimestamp ofMillis(long millis) {
    return new HybridTimestamp(millis << COUNTER_BITS);
  }

  /// Milliseconds since 1970.
  public long millis() {
    return bits >>> COUNTER_BITS;
  }

  /// The smallest timestamp above this one.
  public HybridTimestamp next() {
    return new HybridTimestamp(bits + 1);
  }

  /// The later of the two.
  public HybridTimestamp max(HybridTimestamp other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public int compareTo(HybridTimestamp other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return millis() + "." + (bits & 0xffff);
  }
}
