package io.trefoil.simulation.invariant;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapWrite;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Observer;

/// Watches which maps nodes adopt.
interface AdoptionObserver extends Observer {

  /// A node writes a map as the one in force.
  void adopted(Host host, ClusterMap map);

  @Override
  default void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (effect
        instanceof
        Effect.Persist<Envelope, Alarm, Write>(
            long _,
            Write.OfMap(MapWrite.Adopted(ClusterMap map)))) {
      adopted(host, map);
    }
  }
}
