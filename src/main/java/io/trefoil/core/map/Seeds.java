package io.trefoil.core.map;

import io.trefoil.core.model.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The seeds as they resolve just now, what each said of itself, and who was silent of late.
final class Seeds {

  /// Periods of silence after which a seed counts as not heard from.
  private static final int PATIENCE = 3;

  private final MapMember self;
  private final int configured;
  private final TreeMap<Address, MapMember> members = new TreeMap<>();
  private final TreeMap<Address, Integer> silence = new TreeMap<>();
  private List<Address> addresses = List.of();

  Seeds(MapMember self, int configured) {
    this.self = self;
    this.configured = configured;
  }

  void resolved(List<Address> resolved) {
    addresses = resolved.stream().distinct().sorted().toList();
    members.keySet().retainAll(addresses);
    if (includeSelf()) {
      members.put(self.address(), self);
    }
  }

  /// In order, each once.
  List<Address> addresses() {
    return addresses;
  }

  /// The same without this node.
  List<Address> others() {
    return addresses.stream().filter(address -> !address.equals(self.address())).toList();
  }

  /// Whether this node is one.
  boolean includeSelf() {
    return addresses.contains(self.address());
  }

  /// How many seeds come before this one.
  int rank() {
    return addresses.indexOf(self.address());
  }

  void heard(MapMember member) {
    if (addresses.contains(member.address())) {
      members.put(member.address(), member);
      silence.put(member.address(), 0);
    }
  }

  void periodPassed() {
    silence.replaceAll((_, periods) -> periods + 1);
  }

  /// Those that said nothing for some periods, or never did.
  List<Address> unheard() {
    return others().stream()
        .filter(seed -> silence.getOrDefault(seed, PATIENCE) >= PATIENCE)
        .toList();
  }

  /// Why no cluster can be founded by the seeds as they are, however long one waits for those not
  /// heard from: a sentence for the operator.
  Optional<String> obstacle() {
    if (addresses.size() != configured) {
      return Optional.of(
          "%d seeds are configured, and they resolve to %d addresses: %s"
              .formatted(configured, addresses.size(), addresses));
    }
    return sameIds(members.values()).or(() -> sameNames(members.values()));
  }

  /// Two with one identity are one node under two addresses, or a copied data directory.
  static Optional<String> sameIds(Collection<MapMember> members) {
    return shared("id", MapMember::id, members);
  }

  /// Names have to tell nodes apart, for the operator and when a node is replaced.
  static Optional<String> sameNames(Collection<MapMember> members) {
    return shared("name", MapMember::name, members);
  }

  private static <P> Optional<String> shared(
      String what, Function<MapMember, P> property, Collection<MapMember> members) {
    var having = new LinkedHashMap<P, List<Address>>();
    for (var member : members) {
      having.computeIfAbsent(property.apply(member), _ -> new ArrayList<>()).add(member.address());
    }
    return having.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .findFirst()
        .map(e -> "the seeds at %s have the same %s: %s".formatted(e.getValue(), what, e.getKey()));
  }
}
