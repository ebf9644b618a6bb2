package io.trefoil.api;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongFunction;

/// What a reader has not taken yet, and no more than so much of it: what comes beyond is counted
/// instead of kept, and the reader is told how much that was, in the place where it is missing.
///
/// @param <T> what is kept
final class Backlog<T> {

  private final int capacity;
  private final LongFunction<T> gap;
  private final Queue<T> queue = new ArrayDeque<>();
  private long lost;

  /// An empty backlog.
  ///
  /// @param capacity how many are kept at most, at least 2
  /// @param gap what is told in place of so many
  Backlog(int capacity, LongFunction<T> gap) {
    this.capacity = capacity;
    this.gap = gap;
  }

  /// Keeps one more, or counts it as lost. After a loss nothing is kept before there is room for
  /// the word about it, too.
  void offer(T item) {
    if (queue.size() + (lost > 0 ? 1 : 0) >= capacity) {
      lost++;
      return;
    }
    mark();
    queue.add(item);
  }

  /// The next; null if there is none.
  T poll() {
    if (queue.isEmpty()) {
      mark();
    }
    return queue.poll();
  }

  /// Whether there is nothing to take.
  boolean isEmpty() {
    return queue.isEmpty() && lost == 0;
  }

  private void mark() {
    if (lost > 0) {
      queue.add(gap.apply(lost));
      lost = 0;
    }
  }
}
