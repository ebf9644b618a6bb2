package io.trefoil.simulation.invariant;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapKeeper;
import io.trefoil.core.map.MapWrite;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Node;
import io.trefoil.core.node.Write;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.Observer;
import io.trefoil.simulation.world.World;

/// Once a map goes on with survivors, none of those whom it leaves behind may vote any more by a
/// map from before: they would be a quorum that the survivors know nothing of.
final class LeasesLapse implements Observer {

  private static final String RULE = "whom a survivor leaves behind votes no more";

  private final World world;
  private long forcedEpoch;

  LeasesLapse(World world) {
    this.world = world;
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (effect
            instanceof
            Effect.Persist<Envelope, Alarm, Write>(
                long _,
                Write.OfMap(MapWrite.Adopted(ClusterMap map)))
        && map.epoch() > forcedEpoch) {
      for (int partition = 0; partition < map.replicaSets().size(); partition++) {
        ReplicaSet set = map.replicaSet(partition);
        if (set.forced() == map.epoch()) {
          forcedEpoch = map.epoch();
          judge(partition, set, nanos);
        }
      }
    }
  }

  private void judge(int partition, ReplicaSet forced, long nanos) {
    for (Host host : world.hosts()) {
      if (host.status() == Status.UP && !forced.contains(host.id())) {
        MapKeeper maps = ((Node) host.machine().orElseThrow()).maps();
        boolean goesByAnEarlier =
            maps.epoch() < forced.epoch()
                && maps.map().filter(m -> m.replicaSet(partition).contains(host.id())).isPresent();
        if (goesByAnEarlier && maps.mayVote(host.clock().at(nanos))) {
          world.violated(
              RULE,
              "%s may vote for partition %d, which went on without it in epoch %d"
                  .formatted(host, partition, forced.epoch()));
        }
      }
    }
  }
}
