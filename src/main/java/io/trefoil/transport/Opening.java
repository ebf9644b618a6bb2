package io.trefoil.transport;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.wire.PacketCodec;
import io.trefoil.wire.PacketHeader;
import io.trefoil.wire.Sealer;
import java.security.SecureRandom;
import java.util.Optional;

/// What a node's streams begin with, and what seals its packets on all of its ways: one sealer, so
/// that no number is used twice.
///
/// @param sealer none if nothing is sealed
/// @param header of the first packet
/// @param address where answers reach this node
record Opening(Optional<Sealer> sealer, PacketHeader header, Address address) {

  /// For a node whose sockets are bound.
  ///
  /// @param address where peers reach it
  static Opening of(TransportSettings settings, Address address) {
    long first = new SecureRandom().nextLong();
    var header =
        new PacketHeader(
            settings.cluster(),
            settings.self(),
            settings.run(),
            NodeId.NONE,
            0,
            HybridTimestamp.ZERO);
    return new Opening(
        Sealer.of(settings.keys(), settings.self(), settings.run(), first), header, address);
  }

  /// The packet that opens a stream; another each time if it is sealed.
  byte[] hello() {
    return PacketCodec.encodeHello(sealer, header, address);
  }
}
