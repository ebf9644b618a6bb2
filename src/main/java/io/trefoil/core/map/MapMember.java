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
public record MapMember(NodeId id, String name, String zone, int weight, Address address) {}
