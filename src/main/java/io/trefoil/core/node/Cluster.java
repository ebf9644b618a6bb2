package io.trefoil.core.node;

import io.trefoil.core.machine.Now;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapKeeper;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.Swim;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.register.Directory;
import io.trefoil.core.ring.ReplicaSet;
import java.util.Optional;

/// What the registers see of the cluster: voters as the map says, addresses and reachability as
/// membership says.
final class Cluster implements Directory {

  private final Peer self;
  private final MapKeeper maps;
  private final Swim membership;

  Cluster(Peer self, MapKeeper maps, Swim membership) {
    this.self = self;
    this.maps = maps;
    this.membership = membership;
  }

  @Override
  public int partitions() {
    return maps.map().map(map -> map.partitions().count()).orElse(0);
  }

  @Override
  public boolean mayVote(Now now) {
    return maps.mayVote(now);
  }

  @Override
  public int partitionOf(Key key) {
    return maps.map().map(map -> map.partitions().of(key)).orElse(0);
  }

  @Override
  public Optional<ReplicaSet> replicaSet(int partition) {
    return maps.map()
        .filter(map -> partition >= 0 && partition < map.partitions().count())
        .map(map -> map.replicaSet(partition));
  }

  @Override
  public Peer peer(NodeId node) {
    return node.equals(self.id()) ? self : new Peer(node, address(node));
  }

  @Override
  public long runOf(NodeId node) {
    return membership.claimOf(node).map(Claim::run).orElse(0L);
  }

  @Override
  public boolean isReachable(NodeId node) {
    return node.equals(self.id()) || membership.isReachable(node);
  }

  /// Whether the map lists this node.
  boolean isListed() {
    return maps.map().filter(map -> map.contains(self.id())).isPresent();
  }

  private Address address(NodeId node) {
    return membership
        .addressOf(node)
        .or(() -> maps.map().flatMap(map -> map.member(node)).map(MapMember::address))
        .orElse(self.address());
  }

  /// The map's epoch; 0 without one.
  long epoch() {
    return maps.map().map(ClusterMap::epoch).orElse(0L);
  }
}
