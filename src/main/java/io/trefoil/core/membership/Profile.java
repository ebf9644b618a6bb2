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
/// @param epoch its map epoch when it said so; 0 without a map; only grows
/// @param load per cent of the time that its event loop was busy lately, 0 to 100
public record Profile(
    String name,
    Address address,
    String zone,
    int weight,
    String http,
    int wireVersion,
    long epoch,
    int load) {

  /// A profile with epoch and load still 0.
  public Profile(
      String name, Address address, String zone, int weight, String http, int wireVersion) {
    this(name, address, zone, weight, http, wireVersion, 0, 0);
  }

  /// The same member at another epoch and load.
  public Profile with(long newEpoch, int newLoad) {
    return new Profile(name, address, zone, weight, http, wireVersion, newEpoch, newLoad);
  }
}
