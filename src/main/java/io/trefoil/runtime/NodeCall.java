package io.trefoil.runtime;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Request;

/// What the facade asks of the verticle that hosts the node, over the event bus. Objects travel by
/// reference: all of them are immutable.
sealed interface NodeCall {

  /// Carry out a client's operation; the answer is an `Outcome`.
  record Ask(Request request) implements NodeCall {}

  /// Describe the cluster; the answer is a [ClusterView].
  record DescribeCluster() implements NodeCall {}

  /// Describe a key; the answer is a [KeyView].
  record ExplainKey(Key key) implements NodeCall {}
}
