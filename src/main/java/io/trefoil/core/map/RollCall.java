package io.trefoil.core.map;

import io.trefoil.core.machine.Now;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.NodeId;
import java.util.List;
import java.util.TreeMap;

/// Remembers since when a member of the map has been unknown to membership. That happens when all
/// were stopped and it did not come back: nobody is left who has seen it alive.
final class RollCall {

  private final TreeMap<NodeId, Long> missedSince = new TreeMap<>();

  /// Who is there now.
  Roll call(ClusterMap map, List<Sighting> seen, Now now) {
    var sightings = new TreeMap<NodeId, Sighting>();
    seen.forEach(sighting -> sightings.put(sighting.member().id(), sighting));
    missedSince.keySet().removeIf(node -> sightings.containsKey(node) || !map.contains(node));
    for (var member : map.members()) {
      if (!sightings.containsKey(member.id())) {
        long since = missedSince.computeIfAbsent(member.id(), _ -> now.nanos());
        sightings.put(member.id(), new Sighting(member, Presence.DEAD, now.nanos() - since));
      }
    }
    return new Roll(sightings);
  }
}
