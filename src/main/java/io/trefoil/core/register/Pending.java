package io.trefoil.core.register;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The keys that one replica accepted and that are not yet known to be on every voter. Bounded:
/// past the bound a partition's keys are no longer told apart, and the partition counts as one that
/// must be compared as a whole.
final class Pending {

  /// How many keys are told apart, over all partitions.
  static final int CAPACITY = 200_000;

  private final Map<Integer, Map<Key, Ballot>> partitions = new LinkedHashMap<>();
  private final Set<Integer> overflown = new TreeSet<>();
  private int size;

  /// A key was accepted here under a ballot.
  void add(int partition, Key key, Ballot ballot) {
    if (size >= CAPACITY) {
      overflown.add(partition);
      return;
    }
    if (partitions.computeIfAbsent(partition, _ -> new LinkedHashMap<>()).put(key, ballot)
        == null) {
      size++;
    }
  }

  /// Every voter holds this ballot.
  void settle(int partition, Key key, Ballot ballot) {
    Map<Key, Ballot> keys = partitions.get(partition);
    if (keys == null || !keys.containsKey(key) || keys.get(key).above(ballot)) {
      return;
    }
    keys.remove(key);
    size--;
    if (keys.isEmpty()) {
      partitions.remove(partition);
    }
  }

  /// How many keys are pending, those of overflown partitions left out.
  int size() {
    return size;
  }

  /// Whether a partition has nothing pending.
  boolean isEmpty(int partition) {
    return !partitions.containsKey(partition) && !overflown.contains(partition);
  }
}
