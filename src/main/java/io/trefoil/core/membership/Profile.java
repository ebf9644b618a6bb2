package io.trefoil.core.membership;

import io.trefoil.core.model.Address;

/// What a member says of itself besides being alive.
///
/// @param name the operator's stable name for it
/// @param address where its peers reach it
/// @param zone its failure domain; empty if none was named
/// @param weight its share of the ring relative to others, above 0
/// @param http `host:port` where clients reach it; empty if they do not
/// @param wireVersion the highest protocol version it speaks
/// @param epoch its map epoch when it said so; 0 without a map
public record Profile(
    String name,
    Address address,
    String zone,
    int weight,
    String http,
    int wireVersion,
    long epoch) {}
