package io.trefoil.wire;

import com.google.protobuf.CodedOutputStream;
import io.trefoil.core.node.Message;
import io.trefoil.core.node.Message.OfMap;
import io.trefoil.core.node.Message.OfMembership;
import io.trefoil.core.node.Message.OfRegister;
import io.trefoil.core.node.Message.OfStabilization;
import io.trefoil.wire.proto.PacketProto;

/// A message made ready to be put into a packet, so that its size is known before the packet is
/// begun. Values are not copied until then.
public final class Parcel {

  private final PacketProto.Message wire;
  private final int bytes;

  private Parcel(PacketProto.Message wire) {
    this.wire = wire;
    this.bytes =
        CodedOutputStream.computeMessageSize(PacketProto.Packet.MESSAGES_FIELD_NUMBER, wire);
  }

  /// Makes a message ready.
  public static Parcel of(Message message) {
    var wire = PacketProto.Message.newBuilder();
    switch (message) {
      case OfRegister(var register) -> wire.setRegister(RegisterCodec.encode(register));
      case OfMembership(var membership) -> wire.setMembership(MembershipCodec.encode(membership));
      case OfMap(var map) -> wire.setMap(MapCodec.encode(map));
      case OfStabilization(var stabilization) ->
          wire.setStabilization(StabilizationCodec.encode(stabilization));
    }
    return new Parcel(wire.build());
  }

  /// How much it adds to a packet, in bytes.
  public int bytes() {
    return bytes;
  }

  PacketProto.Message wire() {
    return wire;
  }

  static Message decode(PacketProto.Message wire) throws Undecodable {
    return switch (wire.getProtocolCase()) {
      case REGISTER -> new OfRegister(RegisterCodec.decode(wire.getRegister()));
      case MEMBERSHIP -> new OfMembership(MembershipCodec.decode(wire.getMembership()));
      case MAP -> new OfMap(MapCodec.decode(wire.getMap()));
      case STABILIZATION -> new OfStabilization(StabilizationCodec.decode(wire.getStabilization()));
      case PROTOCOL_NOT_SET -> throw Undecodable.newer();
    };
  }
}
