package io.trefoil.core.register;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import java.util.List;
import java.util.Optional;

/// What coordinators and replicas say to each other: docs/protocols/registers.md has the table.
public sealed interface RegisterMessage {

  /// From a coordinator to a replica, about one key, to be answered.
  sealed interface Ask extends RegisterMessage {
    /// Echoed in the answer.
    Exchange exchange();

    /// What it is about.
    Subject subject();
  }

  /// From a replica to a coordinator.
  sealed interface Answer extends RegisterMessage {
    /// The request's.
    Exchange exchange();
  }

  /// What have you accepted?
  record Read(Exchange exchange, Subject subject, OperationKind kind) implements Ask {}

  /// Promise to accept nothing below this ballot, and say what you have accepted.
  record Prepare(Exchange exchange, Subject subject, Ballot ballot, Intent intent) implements Ask {}

  /// Accept this record.
  ///
  /// @param footing whether the ballot was prepared
  record Accept(
      Exchange exchange,
      Subject subject,
      Ballot ballot,
      Record record,
      Footing footing,
      OperationKind kind)
      implements Ask {}

  /// Run this operation for me: you are the first live voter of its key.
  ///
  /// @param run the run of the voter that is meant: after a restart it does not know any more what
  ///   it ran already, and leaves this unread
  /// @param request the operation, its timeout being what is left of it
  record Delegate(Exchange exchange, long run, Request request) implements RegisterMessage {}

  /// Every voter holds these ballots: the keys are no longer pending.
  record Settle(List<Settled> settled) implements RegisterMessage {}

  /// Answers [Read].
  record Reported(Exchange exchange, Ballot accepted, Optional<Record> record) implements Answer {}

  /// Answers [Prepare].
  ///
  /// @param accepted what it had accepted when it promised
  /// @param floor below this ballot the partition has forgotten tombstones
  record Promised(
      Exchange exchange,
      Ballot accepted,
      Optional<Record> record,
      Ballot floor,
      Recollection recollection)
      implements Answer {}

  /// Answers [Accept].
  record Accepted(Exchange exchange) implements Answer {}

  /// Answers [Prepare] and [Accept]: the ballot is too low.
  ///
  /// @param highest what a ballot must exceed
  record Outbid(Exchange exchange, Ballot highest) implements Answer {}

  /// Answers [Prepare] and [Accept]: the ballot is too far ahead of this replica's clock.
  ///
  /// @param wallMillis this replica's wall clock
  record TooFarAhead(Exchange exchange, long wallMillis) implements Answer {}

  /// Answers any [Ask]: the partition's epoch is another here.
  ///
  /// @param epoch this replica's epoch for the partition; 0 if it does not vote for it
  record WrongEpoch(Exchange exchange, long epoch) implements Answer {}

  /// Answers [Delegate].
  record Delegated(Exchange exchange, Outcome outcome) implements Answer {}

  /// One key of a [Settle].
  record Settled(Key key, int partition, Ballot ballot) {}

  /// On what ground an [Accept] stands.
  enum Footing {
    /// No promise was asked for: taken only if higher than everything seen.
    BLIND,
    /// A quorum promised this ballot.
    PREPARED
  }
}
