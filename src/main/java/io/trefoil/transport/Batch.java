package io.trefoil.transport;

import io.trefoil.wire.PacketCodec;
import io.trefoil.wire.Parcel;
import io.trefoil.wire.Sealer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages that will share one packet: all to the same node.
///
/// The packet says the epoch and the time of the last of them. They are the sender's state, not the
/// message's, and the sender is there by the time the packet leaves.
final class Batch {

  private final List<Parcel> parcels = new ArrayList<>();
  private Outgoing last;
  private int bytes;

  /// A batch that begins with one message.
  Batch(Outgoing first) {
    add(first);
  }

  void add(Outgoing message) {
    parcels.add(message.parcel());
    bytes += message.bytes();
    last = message;
  }

  int bytes() {
    return bytes;
  }

  boolean isFor(Outgoing message) {
    return last.to().equals(message.to());
  }

  byte[] datagram(Optional<Sealer> sealer) {
    return PacketCodec.encode(sealer, last.header(), parcels);
  }

  byte[] streamed(Optional<Sealer> sealer) {
    return PacketCodec.encodeForStream(sealer, last.header(), parcels);
  }
}
