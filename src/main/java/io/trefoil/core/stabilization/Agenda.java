package io.trefoil.core.stabilization;

import io.trefoil.core.stabilization.StabilizationAlarm.RetryDue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// In which order partitions are worked on: those that are not complete first, for votes depend on
/// them; then those that are not level; last those that are compared again for no reason. Each
/// stands in one place only.
final class Agenda {

  /// How long a partition waits whose sources cannot be asked now.
  static final Duration RETRY = Duration.ofMillis(500);

  private final SequencedSet<Integer> behind = new LinkedHashSet<>();
  private final SequencedSet<Integer> open = new LinkedHashSet<>();
  private final SequencedSet<Integer> scrub = new LinkedHashSet<>();
  private final Map<Integer, Long> later = new LinkedHashMap<>();

  /// Puts a partition to the end of where it belongs.
  void add(Copy copy) {
    remove(copy.partition);
    if (copy.isDue()) {
      SequencedSet<Integer> place = copy.isLevel() ? scrub : copy.isComplete() ? open : behind;
      place.add(copy.partition);
    }
  }

  /// Lets a partition wait for a while.
  void postpone(int partition, Turn turn) {
    remove(partition);
    if (later.isEmpty()) {
      turn.wake(new RetryDue(), RETRY);
    }
    later.put(partition, turn.nanos() + RETRY.toNanos());
  }

  /// Takes a partition off.
  void remove(int partition) {
    behind.remove(partition);
    open.remove(partition);
    scrub.remove(partition);
    later.remove(partition);
  }

  /// Whether there is nothing to work on now.
  boolean isEmpty() {
    return behind.isEmpty() && open.isEmpty() && scrub.isEmpty();
  }

  /// Takes the next partition.
  Optional<Integer> poll() {
    for (SequencedSet<Integer> place : List.of(behind, open, scrub)) {
      if (!place.isEmpty()) {
        return Optional.of(place.removeFirst());
      }
    }
    return Optional.empty();
  }

  /// Brings back who has waited long enough.
  void retry(Copies copies, Turn turn) {
    List<Integer> due =
        later.entrySet().stream()
            .filter(waiting -> waiting.getValue() <= turn.nanos())
            .map(Map.Entry::getKey)
            .toList();
    for (int partition : due) {
      later.remove(partition);
      copies.find(partition).ifPresent(this::add);
    }
    later.values().stream()
        .findFirst()
        .map(at -> Duration.ofNanos(at - turn.nanos()))
        .ifPresent(wait -> turn.wake(new RetryDue(), wait));
  }
}
