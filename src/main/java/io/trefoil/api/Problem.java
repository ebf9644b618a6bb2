package io.trefoil.api;

import io.trefoil.api.ProblemKind.Effect;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Version;
import java.util.List;
import java.util.Optional;

/// Why a request was not simply done: what becomes RFC 9457 problem JSON.
///
/// @param kind its name, status and title
/// @param effect what became of the operation
/// @param detail one sentence about this very case
/// @param missing the replicas that did not answer in time
/// @param current the write that made what the key holds, where a condition was judged by it
public record Problem(
    ProblemKind kind,
    Effect effect,
    String detail,
    List<NodeId> missing,
    Optional<Version> current) {

  /// A problem of which a sentence says all.
  public static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, kind.effect(), detail, List.of(), Optional.empty());
  }

  /// The same problem, naming the replicas that did not answer.
  public Problem missing(List<NodeId> nodes) {
    return new Problem(kind, effect, detail, List.copyOf(nodes), current);
  }

  /// The same problem, telling what the key holds.
  public Problem current(Optional<Version> version) {
    return new Problem(kind, effect, detail, missing, version);
  }

  /// The same problem where more is known about the operation than the kind tells.
  public Problem effect(Effect known) {
    return new Problem(kind, known, detail, missing, current);
  }
}
