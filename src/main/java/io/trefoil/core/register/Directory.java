package io.trefoil.core.register;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.ring.ReplicaSet;
import java.util.Optional;

/// What the registers need to know of the cluster. The node answers from its map and membership.
public interface Directory {

  /// How many partitions there are; 0 while no map is known.
  int partitions();

  /// Whether this node may vote now: what it knows of the map is young enough to go by.
  boolean mayVote();

  /// The partition of a key; meaningful only while a map is known.
  int partitionOf(Key key);

  /// Who votes for a partition; empty while no map is known.
  Optional<ReplicaSet> replicaSet(int partition);

  /// Where a voter is reached.
  Peer peer(NodeId node);

  /// In which run membership holds a node to be; 0 if it is not known.
  long runOf(NodeId node);

  /// Whether membership holds it to answer: steers whom to ask first, never what counts.
  boolean isReachable(NodeId node);
}
