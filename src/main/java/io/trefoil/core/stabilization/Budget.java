package io.trefoil.core.stabilization;

import java.time.Duration;

/// How much may be copied now: a bucket into which bytes fall at a constant rate, up to a tenth of
/// a second's worth. A page is taken out when it has come, so the bucket may stand below empty; the
/// next is asked for when it no longer does.
final class Budget {

  private static final long NANOS = 1_000_000_000;
  private static final int BURSTS_PER_SECOND = 10;

  private final long perSecond;
  private double bytes;
  private long filledNanos;

  /// A full bucket.
  ///
  /// @param perSecond bytes that fall into it each second
  Budget(long perSecond) {
    this.perSecond = perSecond;
    this.bytes = burst();
    this.filledNanos = Long.MIN_VALUE;
  }

  /// Whether there is nothing to spend now.
  boolean isSpent(long nanos) {
    fill(nanos);
    return bytes < 0;
  }

  /// Takes out what was copied.
  void spend(long copied) {
    bytes -= copied;
  }

  /// How long until there is something to spend again.
  Duration untilFilled() {
    return Duration.ofNanos((long) (Math.max(0, -bytes) * NANOS / perSecond) + 1);
  }

  private void fill(long nanos) {
    if (filledNanos != Long.MIN_VALUE) {
      double fallen = (double) (nanos - filledNanos) * perSecond / NANOS;
      bytes = Math.min(burst(), bytes + fallen);
    }
    filledNanos = nanos;
  }

  private double burst() {
    return (double) perSecond / BURSTS_PER_SECOND;
  }
}
