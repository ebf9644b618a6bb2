package io.trefoil.simulation.world;

import io.trefoil.core.machine.Now;

/// One host's idea of the time: a monotonic clock that counts from an origin of its own, and a wall
/// clock that may be off, run fast or slow, and step.
public final class VirtualClock {

  /// The wall clock of a host without faults when the world begins: 2026-01-01T00:00:00Z.
  public static final long EPOCH_MILLIS = 1_767_225_600_000L;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double PARTS = 1e6;

  private final long origin;
  private long offsetMillis;
  private double partsPerMillion;
  private long skewedSince;

  /// A clock that is right.
  ///
  /// @param origin what the monotonic clock shows when the world begins, in nanoseconds
  VirtualClock(long origin) {
    this.origin = origin;
  }

  /// What it shows.
  ///
  /// @param nanos virtual time
  public Now at(long nanos) {
    return new Now(origin + nanos, EPOCH_MILLIS + nanos / NANOS_PER_MILLI + offsetMillis(nanos));
  }

  /// How far the wall clock is ahead.
  ///
  /// @param nanos virtual time
  public long offsetMillis(long nanos) {
    double drifted = (nanos - skewedSince) * partsPerMillion / PARTS;
    return offsetMillis + (long) (drifted / NANOS_PER_MILLI);
  }

  /// Steps the wall clock by so much, maybe back.
  void step(long millis) {
    offsetMillis += millis;
  }

  /// From now on the wall clock runs fast by so many millionths; below 0, slow.
  void skew(double partsPerMillion, long nanos) {
    offsetMillis = offsetMillis(nanos);
    skewedSince = nanos;
    this.partsPerMillion = partsPerMillion;
  }

  /// Sets the wall clock right.
  void correct(long nanos) {
    skew(0, nanos);
    offsetMillis = 0;
  }
}
