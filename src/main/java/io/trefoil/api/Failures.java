package io.trefoil.api;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome.Reason;
import java.util.List;

/// What is told of an operation that did not come to a definite end.
final class Failures {

  private Failures() {}

  /// Nothing was done and nothing will be.
  static Refusal notDone(Reason reason) {
    ProblemKind kind =
        switch (reason) {
          case Reason.NoQuorum _ -> ProblemKind.QUORUM_UNAVAILABLE;
          case Reason.Contended _, Reason.Forgotten _ -> ProblemKind.CONTENDED;
          case Reason.NotReady _ -> ProblemKind.NOT_READY;
          case Reason.Overloaded _ -> ProblemKind.OVERLOADED;
        };
    return refusal(kind, reason, " Nothing was done.");
  }

  /// A write of which nobody can say whether it was done.
  static Refusal unknown(Reason reason) {
    return refusal(
        ProblemKind.OUTCOME_UNKNOWN, reason, " The write may or may not have been done.");
  }

  /// A read that got no answer. It changed nothing, so it is as good as not done.
  static Refusal unread(Reason reason) {
    return refusal(ProblemKind.QUORUM_UNAVAILABLE, reason, " Nothing was read.");
  }

  private static Refusal refusal(ProblemKind kind, Reason reason, String so) {
    return new Refusal(Problem.of(kind, why(reason) + so).missing(missing(reason)));
  }

  private static String why(Reason reason) {
    return switch (reason) {
      case Reason.NoQuorum(List<NodeId> missing) ->
          "%d of the key's replicas did not answer in time.".formatted(missing.size());
      case Reason.Contended _ ->
          "Other operations on the key, or a clock that is far off, were in the way.";
      case Reason.NotReady _ -> "This node knows no cluster map yet, or is on its way out.";
      case Reason.Overloaded _ -> "This node has as many operations under way as it takes on.";
      case Reason.Forgotten _ -> "What could be learned of it does not tell how it ended.";
    };
  }

  private static List<NodeId> missing(Reason reason) {
    return switch (reason) {
      case Reason.NoQuorum(List<NodeId> missing) -> missing;
      case Reason.Contended _, Reason.NotReady _, Reason.Overloaded _, Reason.Forgotten _ ->
          List.of();
    };
  }
}
