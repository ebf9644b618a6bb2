package io.trefoil.simulation.invariant;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.World;
import java.util.LinkedHashMap;
import java.util.Map;

/// All nodes that go by a map of one epoch go by the same map.
final class OneMapPerEpoch implements AdoptionObserver {

  private static final String RULE = "one map is decided per epoch";

  private final World world;
  private final Map<Long, ClusterMap> decided = new LinkedHashMap<>();

  OneMapPerEpoch(World world) {
    this.world = world;
  }

  @Override
  public void adopted(Host host, ClusterMap map) {
    ClusterMap first = decided.putIfAbsent(map.epoch(), map);
    if (first != null && !first.equals(map)) {
      world.violated(
          RULE, host + " adopts another map of epoch " + map.epoch() + " than was adopted before");
    }
  }
}
