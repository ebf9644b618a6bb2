package io.trefoil.simulation.invariant;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.model.Key;
import io.trefoil.simulation.world.Host;
import java.util.SortedSet;
import java.util.TreeSet;

/// Remembers which partitions went on with a survivor alone: the single excuse for a lost write.
public final class Forcings implements AdoptionObserver {

  private final SortedSet<Integer> partitions = new TreeSet<>();
  private ClusterMap last;
  private long epoch;

  @Override
  public void adopted(Host host, ClusterMap map) {
    last = map;
    epoch = Math.max(epoch, map.epoch());
    for (int partition = 0; partition < map.replicaSets().size(); partition++) {
      if (map.replicaSet(partition).forced() > 0) {
        partitions.add(partition);
      }
    }
  }

  /// The highest epoch that a node adopted; 0 before the first map.
  public long epoch() {
    return epoch;
  }

  /// Whether a key is in one of them.
  public boolean excuse(Key key) {
    return !partitions.isEmpty() && partitions.contains(last.partitions().of(key));
  }
}
