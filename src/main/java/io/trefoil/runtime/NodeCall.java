package io.trefoil.runtime;

import io.opentelemetry.context.Context;
import io.trefoil.core.machine.Command;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Request;
import io.trefoil.runtime.PreviewView.Change;
import java.util.Optional;
import java.util.function.LongFunction;

/// What the facade asks of the verticle that hosts the node, over the event bus. Objects travel by
/// reference: all of them are immutable.
sealed interface NodeCall {

  /// Carry out a client's operation; the answer is an `Outcome`.
  ///
  /// @param within what it is a part of, for who traces
  record Ask(Request request, Context within) implements NodeCall {}

  /// Describe the cluster; the answer is a [ClusterView].
  record DescribeCluster() implements NodeCall {}

  /// Describe the ring; the answer is a [RingView].
  record DescribeRing() implements NodeCall {}

  /// Describe a key; the answer is a [KeyView].
  record ExplainKey(Key key) implements NodeCall {}

  /// List a partition's keys; the answer is a [KeysView].
  ///
  /// @param after the list begins behind this key; empty for the first
  record ListKeys(int partition, Optional<Key> after) implements NodeCall {}

  /// Tell what a change would move; the answer is a [PreviewView], [PreviewView#NONE] if there is
  /// no map or nobody of the leaver's name.
  record LookAhead(Change change) implements NodeCall {}

  /// Carry out an operator's command; the answer is a [Verdict].
  ///
  /// @param command made with the number that it gets
  /// @param millis how long to wait for an answer
  record Commanded(LongFunction<Command> command, long millis) implements NodeCall {}

  /// Tell the others that this node goes; the answer is whether it goes for good.
  record Depart() implements NodeCall {}
}
