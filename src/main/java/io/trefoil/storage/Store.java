package io.trefoil.storage;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What one node keeps: its identity, its vote on the first map, its map, its registers. Two
/// implementations: [RocksStore] on disk, [MemoryStore] for tests and for caches.
///
/// Opening a store counts as a start: the run number it hands out is already on disk. One thread
/// commits, any may load.
public interface Store extends AutoCloseable {

  /// What was found when the store was opened, this start's run included.
  Recovered recovered();

  /// Keeps writes, all of them or none, the last of those to one register winning.
  ///
  /// @param durable whether they must survive a loss of power once this returns; if not, they
  ///   survive the end of the process, and a loss of power after the next [#sync]
  /// @throws IOException if they may not have been kept; the store must not be used any more
  void commit(List<Write> writes, boolean durable) throws IOException;

  /// Makes all earlier commits survive a loss of power.
  ///
  /// @throws IOException as [#commit]
  void sync() throws IOException;

  /// Reads a register; may wait for the disk.
  ///
  /// @return [Register#EMPTY] if there is none
  /// @throws DamagedCopy if its checksum is wrong or it makes no sense; noted for [#recovered]
  /// @throws IOException if it cannot be read; the store must not be used any more
  Register load(int partition, Key key) throws IOException;

  /// Reads a register if that needs no disk.
  ///
  /// @return empty if it would, or if it is damaged
  /// @throws IOException if it cannot be read; the store must not be used any more
  Optional<Register> loadFromMemory(int partition, Key key) throws IOException;

  /// Reads a part of a partition, in the order of keys; may wait for the disk.
  ///
  /// @param after begins behind this key; empty for the partition's first
  /// @param maxBytes how much to read at most, about; at least one register is read
  /// @throws DamagedCopy as [#load]
  /// @throws IOException as [#load]
  Stretch scan(int partition, Optional<Key> after, int maxBytes) throws IOException;

  /// Whether [#commit], [#load] and [#scan] may wait for a disk, so that no event loop may call
  /// them.
  boolean blocks();

  @Override
  void close();
}
