package io.trefoil.runtime;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;

/// Sees what a node does, without a part in it: metrics, operation log, whoever listens to events.
/// Called on the node's event loop; must not block and must not throw.
interface Watcher {

  /// An operation that this node coordinated has ended.
  ///
  /// @param nanos how long it took
  default void ended(Request request, Outcome outcome, long nanos) {}

  /// The node, or its transport, announces a fact.
  default void happened(Event event) {}

  /// A group of writes was kept.
  ///
  /// @param writes how many
  /// @param nanos how long the commit took, the sync included
  default void committed(int writes, long nanos) {}
}
