package io.trefoil.core.model;

/// Another node as the sender or the receiver of a message.
///
/// @param id its identity; [NodeId#NONE] when whoever is at the address is meant
/// @param address where datagrams and streams reach it
public record Peer(NodeId id, Address address) {

  /// Whoever is at an address.
  public static Peer at(Address address) {
    return new Peer(NodeId.NONE, address);
  }

  @Override
  public String toString() {
    return id + "@" + address;
  }
}
