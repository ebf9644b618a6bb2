package io.trefoil.core.model;

/// A client's operation with how it wants it done.
///
/// @param operation what to do
/// @param ack whose acknowledgement a write waits for
/// @param idempotency 64-bit hash of the Idempotency-Key; 0 without one
/// @param timeoutMillis how long until an answer must be given, whatever it is; above 0
public record Request(Operation operation, Ack ack, long idempotency, long timeoutMillis) {

  /// The time an operation gets when nobody says otherwise.
  public static final long DEFAULT_TIMEOUT_MILLIS = 2_000;

  /// The operation with the defaults.
  public static Request of(Operation operation) {
    return new Request(operation, Ack.QUORUM, 0, DEFAULT_TIMEOUT_MILLIS);
  }

  /// Whose acknowledgement a write waits for.
  public enum Ack {
    /// A majority of the voters.
    QUORUM,
    /// Every voter, for as long as the operation has time; a quorum will do then.
    ALL
  }
}
