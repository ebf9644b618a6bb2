package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which partitions this node has a copy of, and whether the copy is any good.
///
/// Each voter came into its replica set in some epoch. A copy that took part last before that is of
/// an earlier stay: while the node was away, others voted without it, and what it promised and
/// accepted then means nothing any more. It is erased before the node votes (!), also where no copy
/// is known, for what may lie there all the same. That alone makes a disk harmless that returns
/// whenever.
final class Copies {

  /// Before it there was nothing that a copy could be left from.
  private static final long FIRST_EPOCH = 1;

  private final NodeId self;
  private final Directory directory;
  private final Set<Rule> rules;
  private final Map<Integer, PartitionCopy> held = new TreeMap<>();

  /// Those of which something cannot be read.
  private final SortedSet<Integer> damaged = new TreeSet<>();

  /// When partitions were entered in this run, on the monotonic clock, those of the first map left
  /// out: before that there was nothing to remember.
  private final Map<Integer, Long> enteredNanos = new LinkedHashMap<>();

  Copies(NodeId self, Directory directory, Set<Rule> rules, List<PartitionCopy> recovered) {
    this.self = self;
    this.directory = directory;
    this.rules = rules;
    recovered.forEach(copy -> held.put(copy.partition(), copy));
  }

  /// A map came into force: which copies change.
  RegisterWrite.Copied adopt(Now now) {
    List<PartitionCopy> kept = new ArrayList<>();
    List<Integer> erased = new ArrayList<>();
    for (int partition = 0; partition < directory.partitions(); partition++) {
      ReplicaSet set = directory.replicaSet(partition).orElseThrow();
      if (set.contains(self)) {
        adopt(partition, set, now, kept, erased);
      }
    }
    kept.forEach(copy -> held.put(copy.partition(), copy));
    damaged.removeAll(erased);
    return new RegisterWrite.Copied(kept, erased);
  }

  private void adopt(
      int partition, ReplicaSet set, Now now, List<PartitionCopy> kept, List<Integer> erased) {
    PartitionCopy copy = held.get(partition);
    long since = set.since(self);
    boolean erases = rules.contains(Rule.ERASE_ON_ENTRY);
    if (copy == null || erases && since > copy.epoch()) {
      kept.add(PartitionCopy.entering(partition, set.epoch()));
      if (since > FIRST_EPOCH) {
        enteredNanos.put(partition, now.nanos());
      }
      if (erases && since > FIRST_EPOCH) {
        erased.add(partition);
      }
    } else if (set.epoch() > copy.epoch()) {
      kept.add(copy.in(set.epoch()));
    }
  }

  /// The copy of a partition, if there is one.
  Optional<PartitionCopy> of(int partition) {
    return Optional.ofNullable(held.get(partition));
  }

  /// Something of a copy cannot be read. What is lost may be a promise or an accept that a quorum
  /// rests on: so not even a register that can be read may answer as if all was well.
  ///
  /// @return whether that is news
  boolean damage(int partition) {
    return damaged.add(partition);
  }

  /// Whether something of a copy cannot be read.
  boolean isDamaged(int partition) {
    return damaged.contains(partition);
  }

  /// The partitions whose copy here is damaged.
  SortedSet<Integer> damaged() {
    return Collections.unmodifiableSortedSet(damaged);
  }

  /// At or below this ballot nothing is promised or accepted.
  Ballot floor(int partition) {
    PartitionCopy copy = held.get(partition);
    return copy == null ? Ballot.ZERO : copy.floor();
  }

  /// Raises a floor.
  PartitionCopy raise(int partition, Ballot ballot) {
    return held.computeIfPresent(partition, (_, copy) -> copy.raised(ballot));
  }

  /// Forgets a copy.
  void drop(int partition) {
    held.remove(partition);
    damaged.remove(partition);
    enteredNanos.remove(partition);
  }

  /// How far back the memory of a partition's accepts can reach; [Long#MAX_VALUE] if its copy is
  /// older than this run or began with the cluster.
  long memoryMillis(int partition, Now now) {
    Long entered = enteredNanos.get(partition);
    return entered == null ? Long.MAX_VALUE : (now.nanos() - entered) / 1_000_000;
  }
}
