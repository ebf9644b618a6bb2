package io.trefoil.runtime;

import io.opentelemetry.context.Context;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;

/// Sees what a node does, without a part in it: metrics, operation log, whoever listens to events.
/// Called on the node's event loop; must not block and must not throw.
interface Watcher {

  /// An operation begins that this node coordinates.
  ///
  /// @param number tells it apart from others, as in [Event.Step]
  /// @param within what it is a part of, for who traces
  default void began(long number, Request request, Context within) {}

  /// An operation that this node coordinated has ended.
  ///
  /// @param number that with which it began
  /// @param nanos how long it took
  default void ended(long number, Request request, Outcome outcome, long nanos) {}

  /// The node, or its transport, announces a fact.
  default void happened(Event event) {}

  /// A group of writes was kept.
  ///
  /// @param writes how many
  /// @param nanos how long the commit took, the sync included
  default void committed(int writes, long nanos) {}
}
