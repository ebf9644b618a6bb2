package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Stored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads this node's copies, part by part, and draws the tickets under which the disk answers.
final class Reader {

  private final int partBytes;
  private final Installer installer;
  private final Map<Long, Reading> readings = new LinkedHashMap<>();
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

  private record Reading(int partition, Listener listener) {}

  /// @param partBytes how much is read at once, about
  Reader(int partBytes, Installer installer) {
    this.installer = installer;
    this.partBytes = partBytes;
  }

  /// A number that the disk has not answered under yet.
  long ticket() {
    return ++tickets;
  }

  /// Reads the part of a partition behind a key.
  void read(int partition, Optional<Key> after, Listener listener, Turn turn) {
    long ticket = ticket();
    readings.put(ticket, new Reading(partition, listener));
    turn.out().emit(new Effect.Scan<>(ticket, partition, after, partBytes));
  }

  /// The disk has answered.
  void scanned(long ticket, List<Stored> registers, boolean last, Turn turn) {
    Reading reading = readings.remove(ticket);
    if (reading != null) {
      reading.listener().read(registers, last, turn);
    }
  }

  /// The disk cannot answer.
  void unreadable(long ticket, Turn turn) {
    Reading reading = readings.remove(ticket);
    if (reading != null) {
      if (installer.damage(reading.partition())) {
        turn.announce(new Event.CopyDamaged(reading.partition()));
      }
      reading.listener().unreadable(turn);
    }
  }

  /// The key to go on behind.
  static Optional<Key> end(List<Stored> registers) {
    return registers.isEmpty() ? Optional.empty() : Optional.of(registers.getLast().key());
  }
}
