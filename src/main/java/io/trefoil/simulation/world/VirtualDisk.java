package io.trefoil.simulation.world;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapWrite;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// One host's data directory. Writes become durable in the order in which they were made; a crash
/// keeps the durable ones and, as real disks do, maybe some of the next ones too, in order: a log
/// is read up to where it was torn, and an entry that is torn itself is dropped whole.
///
/// Parts of it may become unreadable later, whole partitions at a time. Checksums tell, so nothing
/// false is ever read.
public final class VirtualDisk {

  private final NodeId id;
  private final NavigableMap<Place, Register> durable = new TreeMap<>();
  private final Map<Place, Unsynced> unsynced = new LinkedHashMap<>();
  private final Deque<Write> pending = new ArrayDeque<>();
  private long runs;
  private long taken;
  private long synced;
  private GenesisVote vote = GenesisVote.NONE;
  private Optional<ClusterMap> map = Optional.empty();
  private final SortedSet<Integer> unreadable = new TreeSet<>();
  private final SortedSet<Integer> damaged = new TreeSet<>();

  /// An empty directory.
  ///
  /// @param id the identity drawn for it
  VirtualDisk(NodeId id) {
    this.id = id;
  }

  /// Where a register lies: a partition is one range, in the order of keys.
  ///
  /// @param key empty before a partition's first
  private record Place(int partition, Optional<Key> key) implements Comparable<Place> {

    Place(int partition, Key key) {
      this(partition, Optional.of(key));
    }

    @Override
    public int compareTo(Place other) {
      if (partition != other.partition) {
        return Integer.compare(partition, other.partition);
      }
      return key.isPresent() && other.key.isPresent()
          ? key.get().compareTo(other.key.get())
          : Boolean.compare(key.isPresent(), other.key.isPresent());
    }
  }

  /// The last write of a register that is not durable yet.
  ///
  /// @param number how many writes were taken up to it
  private record Unsynced(long number, Register register) {}

  /// The identity that lives and dies with this directory.
  public NodeId id() {
    return id;
  }

  /// How many keys are durable here.
  public int keys() {
    return durable.size();
  }

  /// A register as it is durable.
  public Register durable(int partition, Key key) {
    return durable.getOrDefault(new Place(partition, key), Register.EMPTY);
  }

  /// A part of a partition as it is durable.
  ///
  /// @param after begins behind this key; empty for the partition's first
  public Stretch scan(int partition, Optional<Key> after, int maxBytes) {
    var from = new Place(partition, after);
    var to = new Place(partition + 1, Optional.empty());
    return Stretch.take(
        durable.subMap(from, false, to, false).entrySet().stream()
            .map(e -> new Stored(e.getKey().key().orElseThrow(), e.getValue()))
            .iterator(),
        maxBytes);
  }

  /// What a process started now finds. Counts the start.
  Recovered recover() {
    return new Recovered(id, ++runs, vote, map, List.copyOf(damaged));
  }

  /// Makes a part of what is durable unreadable: of each partition that has keys here, by chance.
  void decay(RandomGenerator random) {
    durable.keySet().stream()
        .map(Place::partition)
        .distinct()
        .filter(_ -> random.nextBoolean())
        .forEach(unreadable::add);
  }

  /// Whether a partition's registers cannot be read. Whoever finds out has it noted.
  boolean isUnreadable(int partition) {
    return unreadable.contains(partition)
        && (damaged.contains(partition) || damaged.add(partition));
  }

  /// Takes a write; [#sync] makes it durable.
  void write(Write write) {
    pending.add(write);
    taken++;
    if (write instanceof Write.OfRegister(RegisterWrite(int partition, Key key, Register value))) {
      unsynced.put(new Place(partition, key), new Unsynced(taken, value));
    }
  }

  /// A register with all writes made so far, durable or not.
  public Register latest(int partition, Key key) {
    var place = new Place(partition, key);
    Unsynced latest = unsynced.get(place);
    return latest != null ? latest.register() : durable.getOrDefault(place, Register.EMPTY);
  }

  /// Makes the oldest write that is not durable yet durable.
  void sync() {
    synced++;
    switch (pending.remove()) {
      case Write.OfRegister(RegisterWrite(int partition, Key key, Register register)) -> {
        var place = new Place(partition, key);
        durable.put(place, register);
        unsynced.computeIfPresent(place, (_, u) -> u.number() == synced ? null : u);
      }
      case Write.OfMap(MapWrite write) -> sync(write);
    }
  }

  /// Loses what is not durable, except maybe a first part of it.
  void crash(RandomGenerator random) {
    for (int kept = random.nextInt(pending.size() + 1); kept > 0; kept--) {
      sync();
    }
    pending.clear();
    synced = taken;
    unsynced.clear();
  }

  private void sync(MapWrite write) {
    switch (write) {
      case GenesisVote newVote -> vote = newVote;
      case MapWrite.Adopted(ClusterMap newMap) -> map = Optional.of(newMap);
    }
  }
}
