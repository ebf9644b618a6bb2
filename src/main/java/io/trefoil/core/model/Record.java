package io.trefoil.core.model;

import java.util.List;
import java.util.Optional;

/// What a register holds once something was written to it: a value or a tombstone, by which write,
/// until when.
///
/// @param version the write that made it
/// @param value the value; empty for a tombstone
/// @param expiresAtMillis milliseconds since 1970 after which it counts as absent; 0 for never
/// @param memory the operations with an Idempotency-Key that this record came from, newest last
public record Record(
    Version version, Optional<Value> value, long expiresAtMillis, List<Remembered> memory) {

  /// A record that never expires and remembers nothing.
  public static Record of(Version version, Value value) {
    return new Record(version, Optional.of(value), 0, List.of());
  }

  /// The mark of a deleted key.
  public static Record tombstone(Version version) {
    return new Record(version, Optional.empty(), 0, List.of());
  }

  /// The same record with another memory.
  public Record remembering(List<Remembered> operations) {
    return new Record(version, value, expiresAtMillis, List.copyOf(operations));
  }

  /// Whether a client sees a value at that time.
  ///
  /// @param wallMillis the coordinator's wall clock, milliseconds since 1970
  public boolean visibleAt(long wallMillis) {
    return value.isPresent() && (expiresAtMillis == 0 || wallMillis < expiresAtMillis);
  }
}
