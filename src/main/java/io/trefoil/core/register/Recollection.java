package io.trefoil.core.register;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Version;
import java.util.Optional;

/// What a replica remembers of an operation that asks for a promise.
///
/// @param accepted the highest ballot under which it accepted a record of this version, as far back
///   as it remembers
/// @param sameKey what an operation with the same Idempotency-Key wrote, if it accepted that last
/// @param spanMillis how far back it remembers, counted from this answer on its own clock;
///   [Long#MAX_VALUE] if it never forgot anything
public record Recollection(
    Optional<Ballot> accepted, Optional<Acceptance> sameKey, long spanMillis) {

  /// The same of a replica that was none of the key's until so long ago.
  Recollection within(long millis) {
    return new Recollection(accepted, sameKey, Math.min(spanMillis, millis));
  }

  /// A record that was accepted. A quorum that accepted it under one ballot makes it chosen; under
  /// different ballots it does not.
  ///
  /// @param version the record's
  /// @param ballot the highest under which it was accepted here
  public record Acceptance(Version version, Ballot ballot) {}
}
