package io.trefoil.simulation.world;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
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
  private final Deque<Write> pending = new ArrayDeque<>();
  private final SortedSet<Integer> unreadable = new TreeSet<>();
  private final SortedSet<Integer> damaged = new TreeSet<>();
  private DiskImage durable = new DiskImage();
  private DiskImage latest = new DiskImage();
  private long runs;

  /// An empty directory.
  ///
  /// @param id the identity drawn for it
  VirtualDisk(NodeId id) {
    this.id = id;
  }

  /// The identity that lives and dies with this directory.
  public NodeId id() {
    return id;
  }

  /// How many keys are durable here.
  public int keys() {
    return durable.keys();
  }

  /// A register as it is durable.
  public Register durable(int partition, Key key) {
    return durable.register(partition, key);
  }

  /// The registers of a partition, durable or not, in key order.
  public NavigableMap<Key, Register> latest(int partition) {
    return latest.partition(partition);
  }

  /// The map that is durable, if there is one.
  public Optional<ClusterMap> map() {
    return durable.map();
  }

  /// A register with all writes made so far, durable or not.
  public Register latest(int partition, Key key) {
    return latest.register(partition, key);
  }

  /// A part of a partition as it is durable.
  ///
  /// @param after begins behind this key; empty for the partition's first
  public Stretch scan(int partition, Optional<Key> after, int maxBytes) {
    var registers = durable.partition(partition);
    return Stretch.take(
        after.map(key -> registers.tailMap(key, false)).orElse(registers), maxBytes);
  }

  /// What a process started now finds. Counts the start.
  Recovered recover() {
    return new Recovered(
        id, ++runs, durable.votes(), durable.map(), durable.copies(), List.copyOf(damaged));
  }

  /// Makes a part of what is durable unreadable: of each partition that has keys here, by chance.
  void decay(RandomGenerator random) {
    durable.occupied().stream().filter(_ -> random.nextBoolean()).forEach(unreadable::add);
  }

  /// Whether a partition's registers cannot be read. Whoever finds out has it noted.
  boolean isUnreadable(int partition) {
    return unreadable.contains(partition)
        && (damaged.contains(partition) || damaged.add(partition));
  }

  /// Takes a write; [#sync] makes it durable. What is erased is whole again.
  void write(Write write) {
    pending.add(write);
    latest.write(write);
    if (write instanceof Write.OfRegister(RegisterWrite.Copied(_, var erased))) {
      erased.forEach(unreadable::remove);
      erased.forEach(damaged::remove);
    }
  }

  /// Makes the oldest write that is not durable yet durable.
  void sync() {
    durable.write(pending.remove());
  }

  /// Loses what is not durable, except maybe a first part of it.
  void crash(RandomGenerator random) {
    for (int kept = random.nextInt(pending.size() + 1); kept > 0; kept--) {
      sync();
    }
    pending.clear();
    latest = durable.copy();
  }
}
