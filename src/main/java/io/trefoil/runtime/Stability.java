package io.trefoil.runtime;

import io.trefoil.runtime.ClusterView.PartitionCounts;

/// How whole the cluster is, as one node knows: published on the event bus whenever that changes.
///
/// @param epoch the cluster map's version; 0 while none is known
/// @param stable every partition is on the ring's target, complete and equal on all its voters
/// @param partitions how the partitions fare
public record Stability(long epoch, boolean stable, PartitionCounts partitions) {

  /// Before a map is known.
  static final Stability UNKNOWN = new Stability(0, false, PartitionCounts.NONE);
}
