package io.trefoil.core.register;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;

/// Where an operation stands.
sealed interface Phase {

  /// Asked the voters what they hold.
  record Reading() implements Phase {}

  /// Asked the nearest voter what it holds.
  record ReadingOne() implements Phase {}

  /// Asked every voter what it holds, for whoever looks.
  record Inspecting() implements Phase {}

  /// Asked every voter what it holds, to see whether they agree.
  record Checking() implements Phase {}

  /// Sent a record without having asked for promises.
  record Writing(Record record) implements Phase {}

  /// Waits for another operation of this coordinator on the same key.
  record Queued() implements Phase {}

  /// Asked for promises.
  record Preparing() implements Phase {}

  /// Sent a record to those that promised.
  record Proposing(Record record, Purpose purpose) implements Phase {}

  /// Waits a little after others were faster.
  record BackingOff() implements Phase {}

  /// Asked the key's first live voter to run the operation.
  ///
  /// @param run of that voter
  record Delegating(NodeId to, long run) implements Phase {}

  /// A quorum has it; the client waits for every voter, or for the time to run out.
  record AwaitingAll(Phase sent) implements Phase {}

  /// The client was answered; the voters that have not answered are still told.
  record Lingering(Phase sent) implements Phase {}

  /// What a proposal is for.
  sealed interface Purpose {
    /// It carries the operation's own record.
    record Own() implements Purpose {}

    /// It finishes what another operation left half done; then this one starts over.
    record Repair() implements Purpose {}

    /// It finishes what another left half done, which decides this one's answer.
    record Settling(Outcome outcome) implements Purpose {}
  }
}
