package io.trefoil.simulation.invariant;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.model.NodeId;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.World;
import java.util.LinkedHashMap;
import java.util.Map;

/// A running node never goes from a map to an older one.
final class EpochsOnlyGrow implements AdoptionObserver {

  private static final String RULE = "epochs only grow at each node";

  private final World world;
  private final Map<NodeId, Long> epochs = new LinkedHashMap<>();

  EpochsOnlyGrow(World world) {
    this.world = world;
  }

  @Override
  public void adopted(Host host, ClusterMap map) {
    Long before = epochs.put(host.id(), map.epoch());
    if (before != null && before >= map.epoch()) {
      world.violated(RULE, host + " goes from epoch " + before + " to " + map.epoch());
    }
  }

  /// A crash may take back what was not durable.
  @Override
  public void changed(Host host, long nanos) {
    if (host.status() == Status.DOWN) {
      epochs.remove(host.id());
    }
  }
}
