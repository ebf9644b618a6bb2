package io.trefoil.simulation.invariant;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Register;
import io.trefoil.simulation.world.Host;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// At rest every key lies on exactly the nodes where the ring puts it, on all of them alike. A
/// deleted key may still have tombstones on some of them: each forgets them in its own time.
final class CopiesAreEqual {

  static final String RULE = "at rest every key lies alike on the ring's nodes, nowhere else";

  private CopiesAreEqual() {}

  static Optional<String> violation(AtRest cluster) {
    List<List<NodeId>> targets = cluster.targets();
    return IntStream.range(0, targets.size())
        .mapToObj(partition -> violation(cluster, partition, targets.get(partition)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> violation(AtRest cluster, int partition, List<NodeId> target) {
    var voters = cluster.map().replicaSet(partition).old();
    if (voters.size() != target.size() || !voters.containsAll(target)) {
      return Optional.of(
          "partition " + partition + " is kept by " + voters + ", the ring wants " + target);
    }
    var first = held(cluster.host(target.getFirst()).orElseThrow(), partition);
    return cluster.hosts().stream()
        .filter(host -> !held(host, partition).equals(expected(host, target, first)))
        .findFirst()
        .map(host -> difference(host, partition, expected(host, target, first)));
  }

  private static NavigableMap<Key, Register> expected(
      Host host, List<NodeId> target, NavigableMap<Key, Register> first) {
    return target.contains(host.id()) ? first : new TreeMap<>();
  }

  private static String difference(Host host, int partition, NavigableMap<Key, Register> expected) {
    var held = held(host, partition);
    var keys = new TreeMap<>(expected);
    keys.putAll(held);
    Key key =
        keys.keySet().stream()
            .filter(
                k -> !Optional.ofNullable(held.get(k)).equals(Optional.ofNullable(expected.get(k))))
            .findFirst()
            .orElseThrow();
    return "%s, partition %d, key %s: it holds %s, should hold %s"
        .formatted(host, partition, key, held.get(key), expected.get(key));
  }

  /// The values that were accepted; promises bind one node alone.
  private static NavigableMap<Key, Register> held(Host host, int partition) {
    var held = new TreeMap<Key, Register>();
    host.disk()
        .latest(partition)
        .forEach(
            (key, register) ->
                register
                    .record()
                    .filter(r -> r.value().isPresent())
                    .ifPresent(r -> held.put(key, Register.accepting(register.accepted(), r))));
    return held;
  }
}
