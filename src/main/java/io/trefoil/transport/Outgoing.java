package io.trefoil.transport;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.wire.Limits;
import io.trefoil.wire.PacketCodec;
import io.trefoil.wire.PacketHeader;
import io.trefoil.wire.Parcel;

/// A message on its way out.
///
/// @param envelope as it was given
/// @param parcel the same, ready to be put into a packet
record Outgoing(Envelope envelope, Parcel parcel) {

  private static final int ROOM = Limits.DATAGRAM_BYTES - PacketCodec.OVERHEAD_BYTES;

  static Outgoing of(Envelope envelope) {
    return new Outgoing(envelope, Parcel.of(envelope.message()));
  }

  int bytes() {
    return parcel.bytes();
  }

  NodeId to() {
    return envelope.to();
  }

  PacketHeader header() {
    return PacketHeader.of(envelope);
  }

  /// Whether a datagram that already carries so many bytes can take it.
  boolean fitsBeside(int bytes) {
    return bytes + bytes() <= ROOM;
  }

  /// Whether it is about who is reachable: such messages are few, and must not wait behind others.
  boolean isUrgent() {
    return envelope.message() instanceof Message.OfMembership;
  }
}
