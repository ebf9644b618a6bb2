package io.trefoil.core.ring;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/// Who votes for one partition now. While it moves, both the old and the target set do.
///
/// @param epoch the map epoch of the last change of voters
/// @param old the voters before the move, in ring order; the voters when stable
/// @param target the voters after the move, in ring order; equal to `old` when stable
/// @param since the epoch in which each node of [#all], in that order, came in: a copy that a node
///   kept from before it is void
/// @param forced the epoch in which an operator's policy went on with a survivor alone; 0 for never
public record ReplicaSet(
    long epoch, List<NodeId> old, List<NodeId> target, List<Long> since, long forced) {

  /// Refuses a list of epochs that is not one for each node.
  public ReplicaSet {
    since = List.copyOf(since);
    Check.that(since.size() == union(old, target).size(), "each voter has come in once");
  }

  /// A set that is not moving and whose nodes come in with it.
  public static ReplicaSet stable(long epoch, List<NodeId> voters) {
    return new ReplicaSet(epoch, voters, voters, Collections.nCopies(voters.size(), epoch), 0);
  }

  /// The same voters on their way to others. Nodes that are new come in now.
  ///
  /// @param next the epoch of the map that says so
  public ReplicaSet moving(long next, List<NodeId> to) {
    return successor(next, old, to, forced);
  }

  /// The move is over: the target alone votes.
  public ReplicaSet moved(long next) {
    return successor(next, target, target, forced);
  }

  /// Goes on with what is left of the old voters, too few for a quorum of them all.
  public ReplicaSet forced(long next, List<NodeId> left, List<NodeId> to) {
    return successor(next, left, to, next);
  }

  /// A voter has lost a part of its copy: from now on the old voters are the others, and it comes
  /// in anew if it is in the target. Two that are left of three must agree, and each earlier quorum
  /// met one of them.
  public ReplicaSet readmitting(long next, NodeId node, List<NodeId> to) {
    List<NodeId> left = old.stream().filter(voter -> !voter.equals(node)).toList();
    List<Long> entered =
        union(left, to).stream()
            .map(voter -> contains(voter) && !voter.equals(node) ? since(voter) : next)
            .toList();
    return new ReplicaSet(next, left, to, entered, forced);
  }

  private ReplicaSet successor(long next, List<NodeId> from, List<NodeId> to, long force) {
    List<Long> entered =
        union(from, to).stream().map(node -> contains(node) ? since(node) : next).toList();
    return new ReplicaSet(next, from, to, entered, force);
  }

  /// Whether no move is under way.
  public boolean isStable() {
    return old.equals(target);
  }

  /// Everyone a request goes to, in ring order, each once.
  public List<NodeId> all() {
    return union(old, target);
  }

  /// Whether a node votes.
  public boolean contains(NodeId node) {
    return old.contains(node) || target.contains(node);
  }

  /// The epoch in which a node came in; 0 for one that does not vote.
  public long since(NodeId node) {
    int place = all().indexOf(node);
    return place < 0 ? 0 : since.get(place);
  }

  private static List<NodeId> union(List<NodeId> old, List<NodeId> target) {
    if (old.equals(target)) {
      return old;
    }
    var union = new LinkedHashSet<>(old);
    union.addAll(target);
    return new ArrayList<>(union);
  }
}
