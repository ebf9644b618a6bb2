package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Stored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads this node's copies, part by part, and draws the tickets under which the disk answers.
final class Reader {

  private final int partBytes;
  private final Map<Long, Listener> listeners = new LinkedHashMap<>();
  private long tickets;

  /// Who wants to read.
  interface Listener {

    /// A part was read.
    ///
    /// @param last whether the partition ends with it
    void read(List<Stored> registers, boolean last, Turn turn);

    /// The copy is damaged.
    void unreadable(Turn turn);
  }

  /// @param partBytes how much is read at once, about
  Reader(int partBytes) {
    this.partBytes = partBytes;
  }

  /// A number that the disk has not answered under yet.
  long ticket() {
    return ++tickets;
  }

  /// Reads the part of a partition behind a key.
  void read(int partition, Optional<Key> after, Listener listener, Turn turn) {
    long ticket = ticket();
    listeners.put(ticket, listener);
    turn.out().emit(new Effect.Scan<>(ticket, partition, after, partBytes));
  }

  /// The disk has answered.
  void scanned(long ticket, List<Stored> registers, boolean last, Turn turn) {
    Listener listener = listeners.remove(ticket);
    if (listener != null) {
      listener.read(registers, last, turn);
    }
  }

  /// The disk cannot answer.
  void unreadable(long ticket, Turn turn) {
    Listener listener = listeners.remove(ticket);
    if (listener != null) {
      listener.unreadable(turn);
    }
  }

  /// The key to go on behind.
  static Optional<Key> end(List<Stored> registers) {
    return registers.isEmpty() ? Optional.empty() : Optional.of(registers.getLast().key());
  }
}
