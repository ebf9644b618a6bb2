package io.trefoil.core.map;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;

/// A node as the cluster map records it.
///
/// @param id its identity
/// @param name the operator's name for it
/// @param zone its failure domain; empty if none was named
/// @param weight its share of the ring relative to others, above 0
/// @param address where its peers reached it when the map was made; membership knows later ones
/// @param standing what the cluster means to do with it
public record MapMember(
    NodeId id, String name, String zone, int weight, Address address, Standing standing) {

  /// A member with its share of the ring.
  public static MapMember active(NodeId id, String name, String zone, int weight, Address address) {
    return new MapMember(id, name, zone, weight, address, Standing.ACTIVE);
  }

  /// The same member standing differently.
  public MapMember with(Standing other) {
    return new MapMember(id, name, zone, weight, address, other);
  }

  /// What the cluster means to do with a member.
  public enum Standing {
    /// It has its share of the ring.
    ACTIVE,
    /// The operator takes it out: what it holds moves to others, then it is dropped from the map.
    LEAVING,
    /// It was away for so long that its share went to others. It may still vote where it is named.
    EVICTED
  }
}
