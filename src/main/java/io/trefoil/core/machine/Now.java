package io.trefoil.core.machine;

/// What time it is, handed to a machine with every input; machines never look it up.
///
/// @param nanos monotonic time, from an origin of the host's choice; for durations
/// @param wallMillis the wall clock, milliseconds since 1970; may step, may be wrong; for ballots
///   and expiry, never for safety
public record Now(long nanos, long wallMillis) {

  /// Monotonic time in milliseconds.
  public long millis() {
    return nanos / 1_000_000;
  }
}
