package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The steward's rules about who is a member, and how it stands. Pure: from what is so and what is
/// seen to what should be so.
final class Registrar {

  private final Duration evictionDelay;

  Registrar(MapPolicy policy) {
    evictionDelay = policy.evictionDelay();
  }

  /// The members of the next map, in order of node id.
  ///
  /// @param wishes what the operator wants of members, by name
  List<MapMember> members(ClusterMap map, Roll roll, Map<String, Standing> wishes) {
    var members = new TreeMap<NodeId, MapMember>();
    map.members().forEach(member -> members.put(member.id(), member));
    for (var sighting : roll.all()) {
      if (sighting.presence() == Presence.THERE) {
        admit(sighting.member(), members, roll);
      }
    }
    members.replaceAll((_, member) -> member.with(standing(member, members, roll, wishes)));
    return List.copyOf(members.values());
  }

  /// Those of the members that the next map has to name: without leavers that are off, and evicted
  /// ones, which hold nothing.
  List<MapMember> needed(
      List<MapMember> members, List<NodeId> council, List<ReplicaSet> sets, Roll roll) {
    Set<NodeId> used = new LinkedHashSet<>(council);
    sets.forEach(set -> used.addAll(set.all()));
    return members.stream().filter(m -> used.contains(m.id()) || !isDone(m, roll)).toList();
  }

  /// A leaver that still runs stays listed, or it would be taken for a joiner.
  private boolean isDone(MapMember member, Roll roll) {
    return switch (member.standing()) {
      case ACTIVE -> false;
      case LEAVING -> roll.isLost(member.id(), Duration.ZERO);
      case EVICTED -> !roll.isThere(member.id());
    };
  }

  /// Takes in a node that is there, or what it says of itself now. A new node with the name of a
  /// member that is not there replaces it at once.
  private static void admit(MapMember seen, TreeMap<NodeId, MapMember> members, Roll roll) {
    var known = members.get(seen.id());
    var namesakes =
        members.values().stream()
            .filter(m -> m.name().equals(seen.name()) && !m.id().equals(seen.id()))
            .toList();
    if (known != null) {
      var name = namesakes.isEmpty() ? seen.name() : known.name();
      members.put(seen.id(), renamed(seen, name).with(known.standing()));
    } else if (namesakes.stream().noneMatch(m -> roll.isThere(m.id()))) {
      namesakes.forEach(m -> members.put(m.id(), m.with(Standing.EVICTED)));
      members.put(seen.id(), seen.with(Standing.ACTIVE));
    }
  }

  private static MapMember renamed(MapMember seen, String name) {
    return new MapMember(
        seen.id(), name, seen.zone(), seen.weight(), seen.address(), seen.standing());
  }

  private Standing standing(
      MapMember member,
      TreeMap<NodeId, MapMember> members,
      Roll roll,
      Map<String, Standing> wishes) {
    return switch (member.standing()) {
      case ACTIVE, LEAVING ->
          roll.isLost(member.id(), evictionDelay)
              ? Standing.EVICTED
              : wishes.getOrDefault(member.name(), member.standing());
      case EVICTED ->
          roll.isThere(member.id()) && !isReplaced(member, members)
              ? Standing.ACTIVE
              : Standing.EVICTED;
    };
  }

  private static boolean isReplaced(MapMember member, TreeMap<NodeId, MapMember> members) {
    return members.values().stream()
        .anyMatch(m -> m.name().equals(member.name()) && m.standing() != Standing.EVICTED);
  }
}
