package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What leads from an earlier map of a cluster to a later one: of thousands of replica sets those
/// that changed between them. Each set says in which epoch it changed last, so a map yields the way
/// to itself from any earlier one, and nobody has to keep old maps.
///
/// @param clusterId the cluster's
/// @param base the epoch of the map that it is to be applied to
/// @param epoch the epoch of the map that comes of it, above `base`
/// @param members all of them, changed or not
/// @param council likewise
/// @param changed the replica sets that changed after `base`, by partition
/// @param forced as in [ClusterMap]
public record MapDelta(
    long clusterId,
    long base,
    long epoch,
    List<MapMember> members,
    List<NodeId> council,
    SortedMap<Integer, ReplicaSet> changed,
    long forced) {

  /// The way to a map from an earlier one. Empty if there is none: the map is not later, or its
  /// council was forced after that epoch. Another council may then have decided maps of the epochs
  /// between, and whoever goes by one of those needs the whole.
  static Optional<MapDelta> between(long base, ClusterMap map) {
    if (base < 1 || base >= map.epoch() || base < map.forced()) {
      return Optional.empty();
    }
    var changed = new TreeMap<Integer, ReplicaSet>();
    for (int partition = 0; partition < map.replicaSets().size(); partition++) {
      ReplicaSet set = map.replicaSet(partition);
      if (set.epoch() > base) {
        changed.put(partition, set);
      }
    }
    return Optional.of(
        new MapDelta(
            map.clusterId(),
            base,
            map.epoch(),
            map.members(),
            map.council(),
            changed,
            map.forced()));
  }

  /// The later map, made from the earlier one; empty if that is not the one it begins with, or if
  /// it speaks of partitions that there are not.
  Optional<ClusterMap> applied(ClusterMap earlier) {
    boolean fits =
        earlier.clusterId() == clusterId
            && earlier.epoch() == base
            && epoch > base
            && (changed.isEmpty() || changed.firstKey() >= 0)
            && (changed.isEmpty() || changed.lastKey() < earlier.replicaSets().size());
    return fits ? Optional.of(earlier.advanced(this)) : Optional.empty();
  }
}
