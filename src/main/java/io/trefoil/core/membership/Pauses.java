package io.trefoil.core.membership;

/// Finds out from late alarms how long this node stood still. After one pause every alarm is late;
/// the time is counted once.
final class Pauses {

  private final long toleratedNanos;
  private long countedUntilNanos = Long.MIN_VALUE;

  /// @param toleratedNanos lateness up to this is the ordinary kind
  Pauses(long toleratedNanos) {
    this.toleratedNanos = toleratedNanos;
  }

  /// How long the node was paused, as far as that was not told before; 0 if it was not.
  long newlyPausedNanos(long nowNanos, long lateNanos) {
    if (lateNanos <= toleratedNanos) {
      return 0;
    }
    long began = Math.max(nowNanos - lateNanos, countedUntilNanos);
    countedUntilNanos = nowNanos;
    long paused = nowNanos - began;
    return paused > toleratedNanos ? paused : 0;
  }
}
