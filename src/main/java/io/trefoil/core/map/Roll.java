package io.trefoil.core.map;

import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// Who is there at one moment: everybody that membership knows, and members of the map that it does
/// not know, who count as dead.
final class Roll {

  private final TreeMap<NodeId, Sighting> sightings;

  Roll(TreeMap<NodeId, Sighting> sightings) {
    this.sightings = sightings;
  }

  /// Everybody, in order of node id.
  Collection<Sighting> all() {
    return sightings.values();
  }

  /// Those that are there, in order of node id.
  List<MapMember> there() {
    return sightings.values().stream()
        .filter(sighting -> sighting.presence() == Presence.THERE)
        .map(Sighting::member)
        .toList();
  }

  /// Whether everybody is there: then nothing becomes due merely because time passes.
  boolean isFull() {
    return sightings.values().stream().allMatch(s -> s.presence() == Presence.THERE);
  }

  boolean isThere(NodeId node) {
    return is(node, Presence.THERE);
  }

  /// Whether a node said that it goes for good.
  boolean isGone(NodeId node) {
    return is(node, Presence.GONE);
  }

  /// Whether a node is gone, or has been dead for so long.
  boolean isLost(NodeId node, Duration delay) {
    return isGone(node)
        || is(node, Presence.DEAD) && sightings.get(node).forNanos() >= delay.toNanos();
  }

  private boolean is(NodeId node, Presence presence) {
    var sighting = sightings.get(node);
    return sighting != null && sighting.presence() == presence;
  }
}
