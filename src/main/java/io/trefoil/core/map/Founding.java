package io.trefoil.core.map;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.core.ring.Ring;
import io.trefoil.core.ring.Server;
import java.util.LinkedHashMap;
import java.util.List;

/// What the operator decides about a cluster before it exists. Only the seed that founds it uses
/// its own; afterwards the map says.
///
/// @param seeds how many seeds are configured, resolvable or not; 1 or more
/// @param partitions the cut of the ring
/// @param replication copies of each key, 1 or more
/// @param tokens ring tokens per unit of weight, 1 or more
public record Founding(int seeds, Partitions partitions, int replication, int tokens) {

  /// The most members on a council: five survive two deaths, and more would only vote slower.
  public static final int MAX_COUNCIL = 5;

  /// Refuses counts below 1.
  public Founding {
    Check.that(seeds >= 1, "there is at least one seed");
    Check.that(replication >= 1, "there is at least one copy of each key");
    Check.that(tokens >= 1, "a server has at least one token");
  }

  /// How many seeds have to accept the first map.
  public int majority() {
    return seeds / 2 + 1;
  }

  /// The first map of a cluster: its members are the seeds, voters where the ring puts them.
  ///
  /// @param clusterId drawn at random
  /// @param members the seeds, in any order, each once
  public ClusterMap found(long clusterId, List<MapMember> members) {
    var servers = members.stream().map(m -> new Server(m.id(), m.zone(), m.weight())).toList();
    var shared = new LinkedHashMap<List<NodeId>, ReplicaSet>();
    var replicaSets =
        new Ring(servers, partitions, tokens)
            .replicas(replication).stream()
                .map(nodes -> shared.computeIfAbsent(nodes, n -> ReplicaSet.stable(1, n)))
                .toList();
    int seats = Seats.odd(Math.min(members.size(), MAX_COUNCIL));
    var council = members.stream().map(MapMember::id).sorted().limit(seats).toList();
    return new ClusterMap(
        clusterId, 1, partitions, replication, tokens, members, council, replicaSets);
  }
}
