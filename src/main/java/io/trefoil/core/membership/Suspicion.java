package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.List;

/// One member's time to refute (Lifeguard, section IV.B): long while one node alone accuses it,
/// shorter with each further accuser.
///
///     timeout(c) = max(min, max - (max - min) * ln(c + 1) / ln(k + 1))
///
/// c counts confirmations, that is different accusers after the first, and k is how many make the
/// timeout shortest. With k = 0, when nobody is left to confirm, it is shortest at once.
final class Suspicion {

  private final List<NodeId> accusers = new ArrayList<>(3);
  private final int k;
  private final long minNanos;
  private final long maxNanos;
  private long startNanos;

  /// @param k confirmations wanted, 0 or more
  Suspicion(NodeId accuser, int k, long minNanos, long maxNanos, long startNanos) {
    accusers.add(accuser);
    this.k = k;
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
    this.startNanos = startNanos;
  }

  /// Counts another accuser.
  ///
  /// @return false if it was counted before, or enough are
  boolean confirm(NodeId accuser) {
    if (accusers.size() > k || accusers.contains(accuser)) {
      return false;
    }
    return accusers.add(accuser);
  }

  /// When the member is dead unless it refuted, in monotonic nanoseconds.
  long deadlineNanos() {
    return startNanos + timeoutNanos(accusers.size() - 1, k, minNanos, maxNanos);
  }

  /// The formula above.
  static long timeoutNanos(int c, int k, long minNanos, long maxNanos) {
    if (k == 0) {
      return minNanos;
    }
    double share = StrictMath.log(c + 1) / StrictMath.log(k + 1);
    return Math.max(minNanos, maxNanos - (long) ((maxNanos - minNanos) * share));
  }

  /// Does not count the time that this node was paused.
  void shift(long pausedNanos, long nowNanos) {
    startNanos += Math.min(pausedNanos, nowNanos - startNanos);
  }

  /// Starts the time anew, with the accusers counted so far forgotten but for the first.
  void restart(long nowNanos) {
    accusers.subList(1, accusers.size()).clear();
    startNanos = nowNanos;
  }
}
