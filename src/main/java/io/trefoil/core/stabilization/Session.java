package io.trefoil.core.stabilization;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import java.util.Optional;

/// One comparison of a copy here with a source's, and the copying of what is missing.
final class Session {

  final long number;
  final Copy copy;
  final NodeId source;
  Step step = new Step.Reading(Contents.NONE);
  final long begunNanos;
  long sinceNanos;
  int repeats;
  long sourceRun;

  /// How far it is.
  sealed interface Step {

    /// This node's copy is being read.
    record Reading(Contents contents) implements Step {}

    /// The source is asked for its sums.
    record Comparing(BucketSums sums) implements Step {}

    /// The source is asked for a page, or will be when there is budget for one.
    ///
    /// @param mask the buckets that differ
    /// @param after the page begins behind this key
    record Fetching(long mask, Optional<Key> after) implements Step {}

    /// What came is being made durable.
    ///
    /// @param ticket the installer's
    /// @param next behind which key the next page begins; empty if all is here then
    record Installing(long ticket, long mask, Optional<Key> next) implements Step {}
  }

  Session(long number, Copy copy, NodeId source, long begunNanos) {
    this.begunNanos = begunNanos;
    this.number = number;
    this.copy = copy;
    this.source = source;
  }

  /// Goes on.
  void enter(Step next, Turn turn) {
    step = next;
    sinceNanos = turn.nanos();
    repeats = 0;
  }

  /// Whether it waits for that ticket.
  boolean isInstalling(long ticket) {
    return step instanceof Step.Installing(long own, _, _) && own == ticket;
  }
}
