package io.trefoil.core.register;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.util.Collection;
import java.util.List;

/// Vote arithmetic: a quorum is a majority of the old set and a majority of the target set, which
/// are the same nodes while the partition is stable. Any two quorums of one epoch share a voter.
public final class Quorum {

  private Quorum() {}

  /// Whether these nodes are a quorum.
  public static boolean isMet(ReplicaSet set, Collection<NodeId> nodes) {
    return isMajority(set.old(), nodes) && (set.isStable() || isMajority(set.target(), nodes));
  }

  /// Whether the voters other than these could still be a quorum.
  static boolean isPossibleWithout(ReplicaSet set, Collection<NodeId> nodes) {
    return isMet(set, set.all().stream().filter(n -> !nodes.contains(n)).toList());
  }

  /// Whether no quorum can do without all of these.
  static boolean isBlocked(ReplicaSet set, Collection<NodeId> nodes) {
    return isMajority(set.old(), nodes) || isMajority(set.target(), nodes);
  }

  private static boolean isMajority(List<NodeId> voters, Collection<NodeId> nodes) {
    int count = 0;
    for (NodeId voter : voters) {
      if (nodes.contains(voter)) {
        count++;
      }
    }
    return count * 2 > voters.size();
  }
}
