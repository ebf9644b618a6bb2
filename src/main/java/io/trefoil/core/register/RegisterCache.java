package io.trefoil.core.register;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registers one replica has in memory: those used last, bounded by bytes, and always those
/// whose newest state is not on disk yet.
final class RegisterCache {

  /// About how many bytes of keys and values are kept.
  static final long CAPACITY_BYTES = 64L << 20;

  private static final int ENTRY_BYTES = 400;

  /// One register in memory.
  static final class Entry {
    final int partition;
    final Key key;
    Register latest;
    Register durable;
    int unpersisted;
    long ticket;
    private int bytes;

    private Entry(int partition, Key key, Register register) {
      this.partition = partition;
      this.key = key;
      this.latest = register;
      this.durable = register;
    }

    /// Moves on to a state that is being persisted.
    void advance(Register next) {
      Check.that(
          next.promised().compareTo(latest.promised()) >= 0
              && next.accepted().compareTo(latest.accepted()) >= 0
              && next.promised().compareTo(next.accepted()) >= 0,
          () -> "a register never goes back: " + key + " from " + latest + " to " + next);
      latest = next;
      unpersisted++;
    }

    /// A state moved on to earlier is on disk.
    void persisted(Register state) {
      durable = state;
      unpersisted--;
    }
  }

  private final Map<Key, Entry> entries = new LinkedHashMap<>(1_024, 0.75f, true);
  private long bytes;

  /// The register, if it is in memory.
  Optional<Entry> find(Key key) {
    return Optional.ofNullable(entries.get(key));
  }

  /// Takes a register as it was read from disk.
  Entry load(int partition, Key key, Register register) {
    Entry entry = new Entry(partition, key, register);
    Check.that(entries.put(key, entry) == null, () -> "a register is loaded once: " + key);
    resize(entry);
    return entry;
  }

  /// Forgets a register.
  void remove(Entry entry) {
    if (entries.remove(entry.key, entry)) {
      bytes -= entry.bytes;
    }
  }

  /// Forgets all registers of a partition.
  void removeAll(int partition) {
    List.copyOf(entries.values()).stream()
        .filter(entry -> entry.partition == partition)
        .forEach(this::remove);
  }

  /// Notes that an entry's value changed, and makes room.
  void resize(Entry entry) {
    int size = ENTRY_BYTES + entry.key.text().length() + valueBytes(entry.latest.record());
    bytes += size - entry.bytes;
    entry.bytes = size;
    if (bytes > CAPACITY_BYTES) {
      evict(entry);
    }
  }

  private void evict(Entry kept) {
    Iterator<Entry> eldest = entries.values().iterator();
    while (bytes > CAPACITY_BYTES && eldest.hasNext()) {
      Entry entry = eldest.next();
      if (entry.unpersisted == 0 && entry != kept) {
        eldest.remove();
        bytes -= entry.bytes;
      }
    }
  }

  private static int valueBytes(Optional<Record> record) {
    return record.flatMap(Record::value).map(v -> v.bytes().length).orElse(0);
  }
}
