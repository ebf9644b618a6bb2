package io.trefoil.simulation.invariant;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapKeeper;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Node;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Once a map goes on with survivors, none of the old voters whom it leaves behind may vote any
/// more by a map from before: they would be a quorum that the survivors know nothing of. A target
/// of the move that was under way counts for nothing without them.
final class LeasesLapse implements AdoptionObserver {

  private static final String RULE = "whom a survivor leaves behind votes no more";

  private final World world;
  private Optional<ClusterMap> last = Optional.empty();

  LeasesLapse(World world) {
    this.world = world;
  }

  @Override
  public void adopted(Host host, ClusterMap map) {
    if (last.filter(known -> known.epoch() >= map.epoch()).isEmpty()) {
      last.ifPresent(before -> judge(before, map));
      last = Optional.of(map);
    }
  }

  private void judge(ClusterMap before, ClusterMap map) {
    for (int partition = 0; partition < map.replicaSets().size(); partition++) {
      ReplicaSet set = map.replicaSet(partition);
      if (set.forced() == map.epoch()) {
        List<NodeId> lost = new ArrayList<>(before.replicaSet(partition).old());
        lost.removeAll(set.old());
        judge(lost, partition, map);
      }
    }
  }

  private void judge(List<NodeId> lost, int partition, ClusterMap map) {
    for (Host host : world.hosts()) {
      if (host.status() == Status.UP && lost.contains(host.id())) {
        MapKeeper maps = ((Node) host.machine().orElseThrow()).maps();
        if (maps.epoch() < map.epoch() && maps.mayVote(host.clock().at(world.nanos()))) {
          world.violated(
              RULE,
              "%s may vote for partition %d, which went on without it in epoch %d"
                  .formatted(host, partition, map.epoch()));
        }
      }
    }
  }
}
