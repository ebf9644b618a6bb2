package io.trefoil.core.register;

import java.time.Duration;

/// When a question is repeated to whoever has not answered: 20, 60, 140, 300 ms after it was first
/// asked, then every 320 ms. Large values get longer, for their transfer.
final class Schedule {

  private static final long FIRST_MILLIS = 20;
  private static final int DOUBLINGS = 4;
  private static final int BYTES_PER_MILLI = 8_192;

  private Schedule() {}

  /// How long to wait for answers before the next repetition.
  ///
  /// @param repeats how often the question was repeated already
  /// @param bytes about how large it is
  static Duration next(int repeats, int bytes) {
    long wait = FIRST_MILLIS << Math.min(repeats, DOUBLINGS);
    return Duration.ofMillis(wait + 2L * bytes / BYTES_PER_MILLI);
  }
}
