package io.trefoil.transport;

/// How many datagrams may be on their way to one peer without being known to have arrived: a bucket
/// that starts full, loses one for each datagram, and fills again at a steady rate.
///
/// A receiver's socket holds some fifty full datagrams. An unpaced burst on a fast network loses
/// half of itself there, and each loss costs a repetition twenty milliseconds later; what finds the
/// bucket empty goes over a stream, which is slower by one hop of the kernel and loses nothing.
final class Pacer {

  /// Raising it loses more of a burst when several peers answer at once.
  static final int BURST = 24;

  /// 20,000 datagrams a second: more than one event loop reads.
  static final long NANOS_EACH = 50_000;

  private long emptyUntil;

  /// A full bucket.
  ///
  /// @param nowNanos monotonic time
  Pacer(long nowNanos) {
    this.emptyUntil = nowNanos - BURST * NANOS_EACH;
  }

  /// Takes one out of the bucket.
  ///
  /// @return false if there is none
  boolean take(long nowNanos) {
    long from = Math.max(emptyUntil - nowNanos, -BURST * NANOS_EACH);
    if (from + NANOS_EACH > 0) {
      return false;
    }
    emptyUntil = nowNanos + from + NANOS_EACH;
    return true;
  }
}
