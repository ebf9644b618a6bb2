package io.trefoil.core.node;

import io.trefoil.core.map.Founding;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.membership.MembershipSettings;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.stabilization.CopyPolicy;
import java.util.List;

/// What an operator decides about one node.
///
/// @param cluster the cluster's name
/// @param name the operator's stable name for the node
/// @param zone its failure domain; empty if none
/// @param weight its share of the ring relative to others, above 0
/// @param address where peers reach it
/// @param http `host:port` where clients reach it; empty if they do not
/// @param seeds the stable addresses given to every node alike, as written
/// @param partitions the cut of the ring, if this node's cluster is founded
/// @param replication copies of each key, likewise
/// @param tokens ring tokens per unit of weight, likewise
/// @param maxOpenOperations how many client operations are open before more are turned away
/// @param membership the membership protocol's knobs
/// @param policy when the map changes, and how
/// @param copies how fast copies are made, and how often they are looked through
public record NodeSettings(
    String cluster,
    String name,
    String zone,
    int weight,
    Address address,
    String http,
    List<Address> seeds,
    Partitions partitions,
    int replication,
    int tokens,
    int maxOpenOperations,
    MembershipSettings membership,
    MapPolicy policy,
    CopyPolicy copies) {

  /// What the node says of itself.
  Profile profile() {
    return new Profile(name, address, zone, weight, http, Node.WIRE_VERSION);
  }

  /// The node as a map lists it.
  MapMember member(NodeId id) {
    return MapMember.active(id, name, zone, weight, address);
  }

  /// What is decided about the cluster, should this node found it.
  Founding founding() {
    return new Founding(seeds.size(), partitions, replication, tokens);
  }
}
