package io.trefoil.storage;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Keeps everything in memory. When the process ends, data and identity are gone together: a node
/// that starts again is another node, so it cannot vote with a memory it no longer has.
///
/// Used by one thread.
public final class MemoryStore implements Store {

  private final Recovered recovered;
  private final Map<Integer, NavigableMap<Key, Register>> partitions = new HashMap<>();

  /// An empty store with a new identity.
  ///
  /// @param random draws the identity; must not be predictable from another node's
  public MemoryStore(RandomGenerator random) {
    recovered = Recovered.fresh(drawId(random));
  }

  @Override
  public Recovered recovered() {
    return recovered;
  }

  @Override
  public void commit(List<Write> writes, boolean durable) {
    for (Write write : writes) {
      switch (write) {
        case Write.OfRegister(var change) -> keep(change);
        case Write.OfMap _ -> {
          // Read only when a store is opened again, which this one never is.
        }
      }
    }
  }

  private void keep(RegisterWrite write) {
    switch (write) {
      case RegisterWrite.Changed(int partition, Key key, Register register) ->
          partitions.computeIfAbsent(partition, _ -> new TreeMap<>()).put(key, register);
      case RegisterWrite.Collected(var copy, Key key) ->
          partitions.getOrDefault(copy.partition(), new TreeMap<>()).remove(key);
      case RegisterWrite.Copied(_, var erased) -> erased.forEach(partitions::remove);
    }
  }

  @Override
  public void sync() {
    // Nothing here survives a loss of power.
  }

  @Override
  public Register load(int partition, Key key) {
    return registers(partition).getOrDefault(key, Register.EMPTY);
  }

  @Override
  public Optional<Register> loadFromMemory(int partition, Key key) {
    return Optional.of(load(partition, key));
  }

  @Override
  public Stretch scan(int partition, Optional<Key> after, int maxBytes) {
    NavigableMap<Key, Register> registers = registers(partition);
    return Stretch.take(
        after.map(key -> registers.tailMap(key, false)).orElse(registers), maxBytes);
  }

  @Override
  public boolean blocks() {
    return false;
  }

  @Override
  public void close() {
    partitions.clear();
  }

  private NavigableMap<Key, Register> registers(int partition) {
    return partitions.getOrDefault(partition, Collections.emptyNavigableMap());
  }

  /// A number that no other node has, unless by a chance of one in 2^64 per pair.
  static NodeId drawId(RandomGenerator random) {
    long bits = random.nextLong();
    return bits == NodeId.NONE.bits() ? drawId(random) : new NodeId(bits);
  }
}
