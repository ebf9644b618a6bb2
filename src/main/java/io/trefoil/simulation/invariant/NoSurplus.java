package io.trefoil.simulation.invariant;

import java.util.Optional;
import java.util.stream.IntStream;

/// At rest no node keeps anything of a partition that it does not vote for.
final class NoSurplus {

  static final String RULE = "at rest nobody keeps what it does not vote for";

  private NoSurplus() {}

  static Optional<String> violation(AtRest cluster) {
    return IntStream.range(0, cluster.map().replicaSets().size())
        .mapToObj(partition -> violation(cluster, partition))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> violation(AtRest cluster, int partition) {
    return cluster.hosts().stream()
        .filter(host -> !cluster.map().replicaSet(partition).contains(host.id()))
        .filter(host -> !host.disk().latest(partition).isEmpty())
        .findFirst()
        .map(
            host ->
                host
                    + " keeps keys of partition "
                    + partition
                    + ": "
                    + host.disk().latest(partition).keySet());
  }
}
