package io.trefoil.core.stabilization;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/// This node's copy of a partition that it votes for, in one epoch of its voters: which co-voters
/// it has synced with since this node's start. Synced with a co-voter means: all that it had
/// accepted is here, durably.
///
/// *Complete* means synced with a majority of the old voters, this node counted if it is one: then
/// whatever they had chosen before this epoch is here, because each majority met that one. It stays
/// true for the epoch. *Level* means that the voters are not moving and that this node is synced
/// with all of them; it ends when a doubt comes up: a co-voter was restarted and may have forgotten
/// what is pending there, or a comparison shows that something is missing here after all.
final class Copy {

  final int partition;
  final ReplicaSet set;
  private final NodeId self;
  private boolean complete;
  private final List<NodeId> order;
  private final Set<NodeId> reached = new LinkedHashSet<>();
  private final Map<NodeId, Long> level = new LinkedHashMap<>();
  private final Set<NodeId> scrubbing = new LinkedHashSet<>();
  private final Map<NodeId, Long> runs = new LinkedHashMap<>();
  private final Map<NodeId, Long> equalNanos = new LinkedHashMap<>();
  private final Map<NodeId, Long> begunNanos = new LinkedHashMap<>();
  long copiedBytes;

  /// A copy about which nothing is known yet.
  ///
  /// @param isTrusted whether it counts as complete as it is: a rule broken, for the simulator
  Copy(int partition, ReplicaSet set, NodeId self, boolean isTrusted) {
    this.partition = partition;
    this.set = set;
    this.self = self;
    this.order = new ArrayList<>(set.all());
    order.remove(self);
    this.complete = isTrusted || !set.target().contains(self) || isMajorityReached();
  }

  /// Whether all that was chosen before this epoch is here. Who is about to leave owes nothing.
  boolean isComplete() {
    return complete;
  }

  private boolean isMajorityReached() {
    long own = set.old().stream().filter(n -> n.equals(self) || reached.contains(n)).count();
    return own * 2 > set.old().size();
  }

  /// Whether all that the co-voters hold is here.
  boolean isLevel() {
    return set.isStable() && level.keySet().containsAll(order);
  }

  /// Whether there is a co-voter to compare with.
  boolean isDue() {
    return order.stream().anyMatch(this::isDue);
  }

  /// A co-voter to compare with now.
  ///
  /// @param isReachable whom to ask at all
  Optional<NodeId> source(Predicate<NodeId> isReachable) {
    Optional<NodeId> missing =
        order.stream().filter(this::isMissing).filter(isReachable).findFirst();
    return missing.or(() -> order.stream().filter(this::isDue).filter(isReachable).findFirst());
  }

  /// A comparison with a source begins.
  void begun(NodeId source, long nanos) {
    begunNanos.put(source, nanos);
  }

  /// When the last comparison with a source began; empty if none did in this epoch.
  Optional<Long> begunNanos(NodeId source) {
    return Optional.ofNullable(begunNanos.get(source));
  }

  /// All that a source had accepted is here.
  ///
  /// @param run the source's when it was compared with
  void synced(NodeId source, long run) {
    reached.add(source);
    complete |= isMajorityReached();
    scrubbing.remove(source);
    if (runs.getOrDefault(source, run) <= run) {
      level.put(source, run);
    }
  }

  /// A source was found to hold the very same as this copy.
  ///
  /// @param sinceNanos when the comparison began
  void equal(NodeId source, long sinceNanos) {
    equalNanos.put(source, sinceNanos);
  }

  /// Up to when all that was accepted here is known to be on all voters; empty if not known.
  OptionalLong equalUntilNanos() {
    return set.isStable() && equalNanos.keySet().containsAll(order)
        ? equalNanos.values().stream().mapToLong(nanos -> nanos - 1).min()
        : OptionalLong.empty();
  }

  /// A source could not be used: others come first now.
  void failed(NodeId source) {
    order.remove(source);
    order.add(source);
  }

  /// A co-voter may hold what is not here.
  void doubt(NodeId other) {
    level.remove(other);
  }

  /// A co-voter is in a run; one that it was not compared in is a reason for doubt.
  void inRun(NodeId other, long run) {
    runs.merge(other, run, Math::max);
    if (level.getOrDefault(other, run) < run) {
      doubt(other);
    }
  }

  /// Everybody is to be compared with again, without a doubt.
  void scrub() {
    if (isLevel()) {
      scrubbing.addAll(order);
    }
  }

  private boolean isMissing(NodeId other) {
    if (!set.target().contains(self)) {
      return false;
    }
    return set.isStable()
        ? !level.containsKey(other)
        : !isComplete() && set.old().contains(other) && !reached.contains(other);
  }

  private boolean isDue(NodeId other) {
    return isMissing(other) || scrubbing.contains(other);
  }
}
