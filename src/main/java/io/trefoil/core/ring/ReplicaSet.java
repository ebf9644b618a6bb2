package io.trefoil.core.ring;

import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Who votes for one partition now. While it moves, both the old and the target set do.
///
/// @param epoch the map epoch of the last change of voters
/// @param old the voters before the move, in ring order; the voters when stable
/// @param target the voters after the move, in ring order; equal to `old` when stable
public record ReplicaSet(long epoch, List<NodeId> old, List<NodeId> target) {

  /// A set that is not moving.
  public static ReplicaSet stable(long epoch, List<NodeId> voters) {
    return new ReplicaSet(epoch, voters, voters);
  }

  /// Whether no move is under way.
  public boolean isStable() {
    return old.equals(target);
  }

  /// Everyone a request goes to, in ring order, each once.
  public List<NodeId> all() {
    if (isStable()) {
      return old;
    }
    var union = new LinkedHashSet<>(old);
    union.addAll(target);
    return new ArrayList<>(union);
  }

  /// Whether a node votes.
  public boolean contains(NodeId node) {
    return old.contains(node) || target.contains(node);
  }
}
