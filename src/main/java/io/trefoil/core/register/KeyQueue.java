package io.trefoil.core.register;

import io.trefoil.core.model.Key;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Lets one change at a time per key run at a coordinator: its operations would only outbid each
/// other.
final class KeyQueue {

  private final Map<Key, ArrayDeque<Task>> queues = new LinkedHashMap<>();
  private final ArrayDeque<Task> turns = new ArrayDeque<>();

  /// Joins the queue of the task's key, if it is not in it yet.
  ///
  /// @return whether it is its turn
  boolean enter(Task task) {
    ArrayDeque<Task> queue = queues.computeIfAbsent(task.key(), _ -> new ArrayDeque<>(2));
    if (!queue.contains(task)) {
      queue.addLast(task);
    }
    return queue.peekFirst() == task;
  }

  /// Leaves the queue, if the task is in it.
  void leave(Task task) {
    ArrayDeque<Task> queue = queues.get(task.key());
    if (queue == null) {
      return;
    }
    boolean first = queue.peekFirst() == task;
    queue.remove(task);
    if (queue.isEmpty()) {
      queues.remove(task.key());
    } else if (first) {
      turns.addLast(queue.peekFirst());
    }
  }

  /// A task whose turn has come since the last call, if it is still waiting for it.
  Optional<Task> nextTurn() {
    Task task = turns.pollFirst();
    while (task != null && !isWaiting(task)) {
      task = turns.pollFirst();
    }
    return Optional.ofNullable(task);
  }

  private boolean isWaiting(Task task) {
    ArrayDeque<Task> queue = queues.get(task.key());
    return queue != null && queue.peekFirst() == task && task.phase instanceof Phase.Queued;
  }
}
