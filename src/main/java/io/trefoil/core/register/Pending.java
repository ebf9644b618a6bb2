package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The keys that one replica accepted and that are not yet known to be on every voter, eldest
/// first. Bounded: past the bound a partition's keys are no longer told apart, and the partition
/// counts as one that must be compared as a whole.
final class Pending {

  /// How many keys are told apart, over all partitions.
  static final int CAPACITY = 200_000;

  /// For how long a key that was just written is no sign that anything is wrong. Under load some
  /// always are: without that, a cluster would never be stable while it is used.
  static final Duration GRACE = Duration.ofSeconds(2);

  /// A key that is pending.
  ///
  /// @param ballot under which it was accepted here last
  /// @param sinceNanos when that was, or when somebody looked after it last, on the monotonic clock
  /// @param firstNanos since when there has been something that is not on every voter
  record Entry(int partition, Key key, Ballot ballot, long sinceNanos, long firstNanos) {}

  private final Map<Key, Entry> entries = new LinkedHashMap<>();
  private final Map<Integer, Integer> counts = new LinkedHashMap<>();
  private final Set<Integer> overflown = new TreeSet<>();

  /// A key was accepted here under a ballot.
  void add(int partition, Key key, Ballot ballot, Now now) {
    if (entries.size() >= CAPACITY) {
      overflown.add(partition);
      return;
    }
    Entry before = entries.remove(key);
    if (before == null) {
      counts.merge(partition, 1, Integer::sum);
    }
    long first = before == null ? now.nanos() : before.firstNanos;
    entries.put(key, new Entry(partition, key, ballot, now.nanos(), first));
  }

  /// Every voter holds this ballot. What was accepted later is still pending, since then.
  void settle(Key key, Ballot ballot) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return;
    }
    if (entry.ballot.above(ballot)) {
      long since = entry.sinceNanos;
      entries.replace(key, new Entry(entry.partition, key, entry.ballot, since, since));
    } else {
      remove(entry);
    }
  }

  /// A partition's copy was found equal on all voters after all that was accepted here by then, or
  /// is gone.
  void settle(int partition, long untilNanos) {
    overflown.remove(partition);
    if (counts.containsKey(partition)) {
      List.copyOf(entries.values()).stream()
          .filter(entry -> entry.partition == partition && entry.sinceNanos <= untilNanos)
          .forEach(this::remove);
    }
  }

  private void remove(Entry entry) {
    entries.remove(entry.key);
    counts.computeIfPresent(entry.partition, (_, count) -> count == 1 ? null : count - 1);
  }

  /// Those pending since then or earlier, eldest first, at most so many.
  List<Entry> olderThan(long nanos, int most) {
    List<Entry> old = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.sinceNanos > nanos || old.size() >= most) {
        break;
      }
      old.add(entry);
    }
    return old;
  }

  /// Puts a key behind all others, as if it had been accepted now: somebody looks after it.
  void postpone(Entry entry, Now now) {
    if (entries.remove(entry.key, entry)) {
      long first = entry.firstNanos;
      entries.put(
          entry.key, new Entry(entry.partition, entry.key, entry.ballot, now.nanos(), first));
    }
  }

  /// How many keys are pending, those of overflown partitions left out.
  int size() {
    return entries.size();
  }

  /// The partitions of which something has been pending for longer than [#GRACE].
  BitSet overdue(Now now) {
    BitSet overdue = new BitSet();
    overflown.forEach(overdue::set);
    for (Entry entry : entries.values()) {
      if (now.nanos() - entry.firstNanos > GRACE.toNanos()) {
        overdue.set(entry.partition);
      }
    }
    return overdue;
  }
}
