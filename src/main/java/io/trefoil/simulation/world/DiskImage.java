package io.trefoil.simulation.world;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapWrite;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.map.Votes;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.PartitionCopy;
import io.trefoil.core.register.RegisterWrite;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What a data directory holds after some number of writes.
final class DiskImage {

  private final NavigableMap<Integer, NavigableMap<Key, Register>> partitions = new TreeMap<>();
  private final NavigableMap<Integer, PartitionCopy> copies = new TreeMap<>();
  private Votes votes = Votes.NONE;
  private Optional<ClusterMap> map = Optional.empty();

  /// The same once more, to go another way from here.
  DiskImage copy() {
    var other = new DiskImage();
    partitions.forEach((partition, keys) -> other.partitions.put(partition, new TreeMap<>(keys)));
    other.copies.putAll(copies);
    other.votes = votes;
    other.map = map;
    return other;
  }

  Votes votes() {
    return votes;
  }

  Optional<ClusterMap> map() {
    return map;
  }

  List<PartitionCopy> copies() {
    return List.copyOf(copies.values());
  }

  /// The registers of a partition in key order.
  NavigableMap<Key, Register> partition(int partition) {
    return partitions.getOrDefault(partition, Collections.emptyNavigableMap());
  }

  Register register(int partition, Key key) {
    return partition(partition).getOrDefault(key, Register.EMPTY);
  }

  int keys() {
    return partitions.values().stream().mapToInt(NavigableMap::size).sum();
  }

  /// The partitions that have keys.
  List<Integer> occupied() {
    return List.copyOf(partitions.keySet());
  }

  void write(Write write) {
    switch (write) {
      case Write.OfRegister(RegisterWrite change) -> write(change);
      case Write.OfMap(GenesisVote vote) -> votes = new Votes(vote, votes.council());
      case Write.OfMap(CouncilVote vote) -> votes = new Votes(votes.genesis(), vote);
      case Write.OfMap(MapWrite.Adopted(ClusterMap newMap)) -> map = Optional.of(newMap);
    }
  }

  private void write(RegisterWrite write) {
    switch (write) {
      case RegisterWrite.Changed(int partition, Key key, Register register) ->
          partitions.computeIfAbsent(partition, _ -> new TreeMap<>()).put(key, register);
      case RegisterWrite.Collected(PartitionCopy copy, Key key) -> {
        partitions.getOrDefault(copy.partition(), new TreeMap<>()).remove(key);
        copies.put(copy.partition(), copy);
      }
      case RegisterWrite.Copied(var kept, var erased) -> {
        erased.forEach(partitions::remove);
        erased.forEach(copies::remove);
        kept.forEach(copy -> copies.put(copy.partition(), copy));
      }
    }
  }
}
