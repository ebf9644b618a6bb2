package io.trefoil.core.model;

import java.util.List;
import java.util.Optional;

/// How an operation ended: exactly one of done, refused, not done, unknown.
public sealed interface Outcome {

  /// A read was answered.
  ///
  /// @param record what a client sees; empty if the key has no value
  record Found(Optional<Record> record) implements Outcome {}

  /// What the voters that answered in time hold.
  record Inspected(List<Holding> holdings) implements Outcome {}

  /// A write was done.
  ///
  /// @param version what it wrote
  /// @param acknowledgements how many voters had acknowledged it by then
  record Done(Version version, int acknowledgements) implements Outcome {}

  /// The condition did not hold; nothing was changed.
  ///
  /// @param current the record it was judged by, if the key has a value
  record Refused(Optional<Record> current) implements Outcome {}

  /// Nothing was done and nothing will be: safe to repeat.
  record NotDone(Reason reason) implements Outcome {}

  /// It may or may not have been done, and nobody will ever be able to say.
  record Unknown(Reason reason) implements Outcome {}

  /// Why an operation did not come to a definite end.
  sealed interface Reason {

    /// Too few voters answered in time.
    ///
    /// @param missing the voters that did not answer
    record NoQuorum(List<NodeId> missing) implements Reason {}

    /// Voters answered, but others' operations on the key, or a clock far off, were in the way.
    record Contended() implements Reason {}

    /// This node knows no cluster map yet, or is on its way out.
    record NotReady() implements Reason {}

    /// More operations are open here than this node takes on.
    record Overloaded() implements Reason {}

    /// It was tried; what the replicas still remember of it does not tell how it ended.
    record Forgotten() implements Reason {}
  }
}
