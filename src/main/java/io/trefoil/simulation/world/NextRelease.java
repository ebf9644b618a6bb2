package io.trefoil.simulation.world;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.trefoil.core.node.Envelope;
import io.trefoil.wire.ClusterKeys;
import io.trefoil.wire.Decoded;
import io.trefoil.wire.Opener;
import io.trefoil.wire.PacketCodec;
import io.trefoil.wire.proto.PacketProto;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/// What a node of this release hears of one of the next, in a cluster that is upgraded node by
/// node. The next release says what this one says, and more: here, in every part of a packet,
/// fields that nobody has heard of, and a message of a kind that nobody has heard of. The packet
/// goes through the wire's real bytes.
final class NextRelease {

  private static final int FRAME_BYTES = 4;

  /// A field number that no part of a packet uses.
  private static final int UNHEARD_OF = 1_999;

  private final UnknownFieldSet news =
      UnknownFieldSet.newBuilder()
          .addField(
              UNHEARD_OF,
              UnknownFieldSet.Field.newBuilder()
                  .addVarint(7)
                  .addLengthDelimited(ByteString.copyFromUtf8("of the next release"))
                  .build())
          .build();

  private final Opener opener = new Opener(ClusterKeys.NONE);

  /// What arrives of what was said; empty if the packet cannot be used, which must not happen.
  Optional<Envelope> heard(Envelope said) {
    byte[] bytes = extended(PacketCodec.encode(said));
    boolean understood =
        PacketCodec.decode(bytes, said.cluster(), opener)
                instanceof Decoded.Packet(_, _, List<Envelope> envelopes, int skipped)
            && envelopes.equals(List.of(said))
            && skipped == 1;
    return understood ? Optional.of(said) : Optional.empty();
  }

  private byte[] extended(byte[] packet) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(packet, 0, FRAME_BYTES);
    try {
      ByteString body = ByteString.copyFrom(packet, FRAME_BYTES, packet.length - FRAME_BYTES);
      bytes.writeBytes(
          extended(DynamicMessage.parseFrom(PacketProto.Packet.getDescriptor(), body))
              .toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a packet just written cannot be read", e);
    }
    var unheardOf = PacketProto.Message.newBuilder().setUnknownFields(news);
    bytes.writeBytes(PacketProto.Packet.newBuilder().addMessages(unheardOf).build().toByteArray());
    return bytes.toByteArray();
  }

  private Message extended(Message message) {
    Message.Builder next = message.toBuilder();
    message.getAllFields().forEach((field, value) -> next.setField(field, extended(field, value)));
    return next.setUnknownFields(news).build();
  }

  private Object extended(FieldDescriptor field, Object value) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return value;
    }
    if (field.isRepeated()) {
      return ((List<?>) value).stream().map(each -> extended((Message) each)).toList();
    }
    return extended((Message) value);
  }
}
