package io.trefoil.core.map;

import io.trefoil.core.machine.Now;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Surroundings as a test says they are.
final class Neighbourhood implements Surroundings {

  private final List<Sighting> sightings = new ArrayList<>();
  Progress progress = Progress.nothing(1);
  boolean isolated;

  /// All of these answer.
  static Neighbourhood of(MapMember... members) {
    var neighbourhood = new Neighbourhood();
    for (var member : members) {
      neighbourhood.see(member, Presence.THERE, Duration.ZERO);
    }
    return neighbourhood;
  }

  /// Replaces what was seen of a node.
  void see(MapMember member, Presence presence, Duration since) {
    sightings.removeIf(sighting -> sighting.member().id().equals(member.id()));
    sightings.add(new Sighting(member, presence, since.toNanos()));
  }

  @Override
  public List<Sighting> sightings(Now now) {
    return sightings;
  }

  @Override
  public Peer peer(NodeId node) {
    return sightings.stream()
        .map(Sighting::member)
        .filter(member -> member.id().equals(node))
        .findFirst()
        .map(member -> new Peer(node, member.address()))
        .orElseThrow();
  }

  @Override
  public boolean isIsolated() {
    return isolated;
  }

  @Override
  public Progress progress() {
    return progress;
  }
}
