package io.trefoil.core.stabilization;

import io.trefoil.core.stabilization.StabilizationAlarm.CourtesyDue;
import java.time.Duration;

/// How copying steps back for clients. While one of this node's clients is kept waiting, a session
/// is begun or a page asked for only once in a while, and questions of others are answered one by
/// one. It never stops: what is not copied is at risk.
final class Courtesy {

  /// Between two steps while clients wait; longer: they wait less, and copies take longer.
  static final Duration STEP = Duration.ofMillis(20);

  private final Duration patience;
  private final Installer installer;
  private long steppedNanos;

  /// @param patience how long a client waits before copying steps back
  Courtesy(Duration patience, Installer installer) {
    this.patience = patience;
    this.installer = installer;
  }

  /// Whether a client is kept waiting.
  boolean isDue() {
    return installer.isClientWaiting(patience);
  }

  /// Whether the next step must wait; if so, there is an alarm when it need no longer.
  boolean holdsBack(Turn turn) {
    long left = STEP.toNanos() - (turn.nanos() - steppedNanos);
    boolean isHeld = left > 0 && isDue();
    if (isHeld) {
      turn.wake(new CourtesyDue(), Duration.ofNanos(left));
    }
    return isHeld;
  }

  /// A step is taken.
  void step(Turn turn) {
    steppedNanos = turn.nanos();
  }
}
