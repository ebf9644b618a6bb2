package io.trefoil.core.model;

import java.util.Optional;

/// What one replica knows of one key: an acceptor of Paxos, kept on disk.
///
/// @param promised no ballot below this one will be accepted; at least `accepted`
/// @param accepted the ballot under which `record` was accepted; [Ballot#ZERO] if none was
/// @param record what was accepted last; empty only if nothing ever was
public record Register(Ballot promised, Ballot accepted, Optional<Record> record) {

  /// A key nobody has written.
  public static final Register EMPTY = new Register(Ballot.ZERO, Ballot.ZERO, Optional.empty());

  /// The same register after a promise.
  public Register promising(Ballot ballot) {
    return new Register(ballot, accepted, record);
  }

  /// The register after it accepted a record.
  public static Register accepting(Ballot ballot, Record record) {
    return new Register(ballot, ballot, Optional.of(record));
  }
}
