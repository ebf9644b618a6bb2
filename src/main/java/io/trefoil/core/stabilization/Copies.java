package io.trefoil.core.stabilization;

import io.trefoil.core.map.Progress;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Rule;
import io.trefoil.core.register.Directory;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The copies of all partitions that this node votes for.
final class Copies {

  private final NodeId self;
  private final Directory directory;
  private final Installer installer;
  private final Set<Rule> rules;
  private final SortedMap<Integer, Copy> copies = new TreeMap<>();

  Copies(NodeId self, Directory directory, Installer installer, Set<Rule> rules) {
    this.self = self;
    this.directory = directory;
    this.installer = installer;
    this.rules = rules;
  }

  /// The copy of a partition, if this node votes for it.
  Optional<Copy> find(int partition) {
    return Optional.ofNullable(copies.get(partition));
  }

  /// The copy of a partition, if this node votes for it in that very epoch.
  Optional<Copy> find(int partition, long epoch) {
    return find(partition).filter(copy -> copy.set.epoch() == epoch);
  }

  /// How many partitions this node votes for.
  int count() {
    return copies.size();
  }

  /// The first copy behind a partition, or the first of all; empty if there is none.
  Optional<Copy> following(int partition) {
    SortedMap<Integer, Copy> rest = copies.tailMap(partition + 1);
    SortedMap<Integer, Copy> from = rest.isEmpty() ? copies : rest;
    return from.values().stream().findFirst();
  }

  /// Goes by the map as it is now: where voters have changed, all is to be shown anew.
  ///
  /// @return the partitions that changed, in the order in which to work on them: each voter begins
  ///   with those that the ring would give it first, so that no two ask each other the same
  List<Integer> refresh() {
    var changed = new ArrayList<Integer>();
    for (int partition = 0; partition < directory.partitions(); partition++) {
      Optional<ReplicaSet> set = directory.replicaSet(partition).filter(s -> s.contains(self));
      Optional<Long> epoch = set.map(ReplicaSet::epoch);
      if (!epoch.equals(find(partition).map(copy -> copy.set.epoch()))) {
        changed.add(partition);
        copies.remove(partition);
        int number = partition;
        set.ifPresent(voters -> copies.put(number, copy(number, voters)));
      }
    }
    changed.sort(Comparator.comparingInt(this::rank));
    return changed;
  }

  /// How far the copies are.
  Progress progress(long epoch) {
    List<Integer> behind = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    List<Integer> damaged = new ArrayList<>();
    BitSet overdue = installer.overdue();
    for (Copy copy : copies.values()) {
      if (!isComplete(copy)) {
        behind.add(copy.partition);
      } else if (!isWhole(copy, overdue)) {
        open.add(copy.partition);
      }
      if (installer.isDamaged(copy.partition)) {
        damaged.add(copy.partition);
      }
    }
    return new Progress(
        epoch, behind, open, surplus(), damaged, installer.keys(), installer.bytes());
  }

  /// How many partitions this node came to vote for after others did, and has not copied yet.
  int newcomersLeft() {
    return (int)
        copies.values().stream()
            .filter(copy -> copy.set.since(self) > 1 && !isComplete(copy))
            .count();
  }

  /// How many partitions have somebody left to be compared with.
  int left() {
    return (int) copies.values().stream().filter(copy -> !copy.isLevel()).count();
  }

  /// Whether all that was chosen before a copy's epoch is in it.
  boolean isComplete(Copy copy) {
    return copy.isComplete() && !installer.isDamaged(copy.partition);
  }

  /// Whether a copy is known to be equal on all voters, as far as this node can tell.
  boolean isWhole(Copy copy) {
    return isWhole(copy, installer.overdue());
  }

  private boolean isWhole(Copy copy, BitSet overdue) {
    return isComplete(copy) && copy.isLevel() && !overdue.get(copy.partition);
  }

  private int rank(int partition) {
    return find(partition).map(copy -> copy.set.all().indexOf(self)).orElse(0);
  }

  private List<Integer> surplus() {
    List<Integer> surplus = new ArrayList<>();
    for (int partition = 0; partition < directory.partitions(); partition++) {
      if (installer.holds(partition) && !copies.containsKey(partition)) {
        surplus.add(partition);
      }
    }
    return surplus;
  }

  private Copy copy(int partition, ReplicaSet voters) {
    boolean trusted = !rules.contains(Rule.CATCH_UP_FIRST) && voters.old().contains(self);
    return new Copy(partition, voters, self, trusted);
  }
}
