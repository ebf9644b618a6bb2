package io.trefoil.runtime;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Draws the ring from a map alone.
final class RingPortrait {

  private final ClusterMap map;
  private final Map<NodeId, Integer> places = new HashMap<>();

  private RingPortrait(ClusterMap map) {
    this.map = map;
    map.members().forEach(member -> places.put(member.id(), places.size()));
  }

  /// The ring of a map.
  static RingView draw(ClusterMap map) {
    return new RingPortrait(map).draw();
  }

  private RingView draw() {
    Map<Integer, List<Integer>> moving = new TreeMap<>();
    for (int partition = 0; partition < map.replicaSets().size(); partition++) {
      ReplicaSet set = map.replicaSet(partition);
      if (!set.isStable()) {
        moving.put(partition, places(set.target()));
      }
    }
    return new RingView(
        map.epoch(),
        map.replication(),
        shares(),
        map.replicaSets().stream().map(set -> places(set.old())).toList(),
        moving);
  }

  private List<RingView.Share> shares() {
    int[] primaries = new int[map.members().size()];
    int[] replicas = new int[map.members().size()];
    for (ReplicaSet set : map.replicaSets()) {
      primaries[places.get(set.target().getFirst())]++;
      set.target().forEach(voter -> replicas[places.get(voter)]++);
    }
    double all = IntStream.of(replicas).sum();
    return IntStream.range(0, replicas.length)
        .mapToObj(place -> share(place, primaries[place], replicas[place], replicas[place] / all))
        .toList();
  }

  private RingView.Share share(int place, int primaries, int replicas, double share) {
    MapMember member = map.members().get(place);
    return new RingView.Share(
        member.id(),
        member.name(),
        member.zone(),
        member.weight(),
        ClusterPortrait.standing(member),
        primaries,
        replicas,
        share);
  }

  private List<Integer> places(List<NodeId> nodes) {
    return nodes.stream().map(places::get).toList();
  }
}
