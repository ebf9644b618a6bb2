package io.trefoil.core.register;

import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;

/// What a quorum of promises means for an operation.
sealed interface Decision {

  /// Its record was accepted somewhere: accept it again, and it is done.
  record Finish(Record record) implements Decision {}

  /// What is highest is not known to be chosen: accept it again, then start over.
  record Repair(Record record) implements Decision {}

  /// The condition holds: accept this.
  record Write(Record record) implements Decision {}

  /// Accept this again; that decides the outcome.
  record Settle(Record record, Outcome outcome) implements Decision {}

  /// Nobody of those that answered can say what became of its record.
  record Doubt() implements Decision {}

  /// Nothing more to do.
  record Conclude(Outcome outcome) implements Decision {}
}
