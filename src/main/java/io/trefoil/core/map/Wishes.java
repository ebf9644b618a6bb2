package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapMessage.Answered;
import io.trefoil.core.map.MapMessage.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the operator wants of members, at the steward, until the map says so. A steward that dies
/// takes them with it: whoever asked asks again.
final class Wishes {

  private final TreeMap<String, Standing> byName = new TreeMap<>();

  /// By name of member.
  Map<String, Standing> byName() {
    return byName;
  }

  /// Takes an order.
  ///
  /// @return the answer, if there is one already: it is done, or will not be
  Optional<Answered> heard(Order order, ClusterMap map) {
    var member =
        map.members().stream()
            .filter(m -> m.name().equals(order.name()) && m.standing() != Standing.EVICTED)
            .findFirst();
    if (member.isPresent() && member.get().standing() == order.standing()) {
      byName.remove(order.name());
      return Optional.of(new Answered(order.number(), Optional.empty()));
    }
    var refusal =
        member.isEmpty() ? unknown(order.name()) : refusal(order.name(), order.standing(), map);
    if (refusal.isPresent()) {
      return Optional.of(new Answered(order.number(), refusal));
    }
    byName.put(order.name(), order.standing());
    return Optional.empty();
  }

  /// A map came into force: what it says already is no wish any more, nor what it leaves no room
  /// for: another steward's orders may have been carried out, too.
  void inForce(ClusterMap map) {
    map.members().forEach(member -> byName.remove(member.name(), member.standing()));
    byName.keySet().removeIf(name -> map.members().stream().noneMatch(m -> m.name().equals(name)));
    for (var name : List.copyOf(byName.keySet())) {
      if (refusal(name, byName.get(name), map).isPresent()) {
        byName.remove(name);
      }
    }
  }

  private static Optional<String> unknown(String name) {
    return Optional.of("no member is called '" + name + "'");
  }

  private Optional<String> refusal(String name, Standing wanted, ClusterMap map) {
    long staying =
        map.members().stream()
            .filter(m -> m.standing() == Standing.ACTIVE && !m.name().equals(name))
            .filter(m -> byName.get(m.name()) != Standing.LEAVING)
            .count();
    return wanted == Standing.ACTIVE || staying >= map.replication()
        ? Optional.empty()
        : Optional.of(
            "without '%s' %d members would be left to keep %d copies"
                .formatted(name, staying, map.replication()));
  }
}
