package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.trefoil.core.model.Address;
import io.trefoil.core.node.Envelope;
import io.trefoil.wire.proto.PacketProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Packets to bytes and back: `packet.proto` draws the frame.
///
/// Whatever the bytes, [#decode] returns. One mistake condemns the whole packet, because its sender
/// cannot be trusted to have meant the rest; a message that only a newer version knows is skipped
/// alone, so that a cluster can be upgraded node by node.
public final class PacketCodec {

  /// The protocol version written and understood.
  public static final int VERSION = 1;

  /// How much of a packet is not messages, at most, in bytes.
  public static final int OVERHEAD_BYTES = 64;

  /// The length that stands before a packet on a stream, in bytes.
  public static final int LENGTH_BYTES = 4;

  private static final int FRAME_BYTES = 4;
  private static final byte MAGIC_1 = 'T';
  private static final byte MAGIC_2 = 'F';
  private static final byte NOT_SEALED = 0;

  private PacketCodec() {}

  /// A packet with one message in it.
  public static byte[] encode(Envelope envelope) {
    return encode(PacketHeader.of(envelope), List.of(Parcel.of(envelope.message())));
  }

  /// A packet as a datagram carries it.
  public static byte[] encode(PacketHeader header, List<Parcel> parcels) {
    return write(0, header.encode(), Optional.empty(), parcels);
  }

  /// A packet as a stream carries it, its length first.
  public static byte[] encodeForStream(PacketHeader header, List<Parcel> parcels) {
    return withLength(write(LENGTH_BYTES, header.encode(), Optional.empty(), parcels));
  }

  /// The packet that opens a stream, its length first.
  ///
  /// @param address where answers reach the sender
  public static byte[] encodeHello(PacketHeader header, Address address) {
    var hello = PacketProto.Hello.newBuilder().setAddress(ModelCodec.encode(address)).build();
    return withLength(write(LENGTH_BYTES, header.encode(), Optional.of(hello), List.of()));
  }

  private static byte[] write(
      int offset,
      PacketProto.Header header,
      Optional<PacketProto.Hello> hello,
      List<Parcel> parcels) {
    int size = CodedOutputStream.computeMessageSize(PacketProto.Packet.HEADER_FIELD_NUMBER, header);
    if (hello.isPresent()) {
      size +=
          CodedOutputStream.computeMessageSize(PacketProto.Packet.HELLO_FIELD_NUMBER, hello.get());
    }
    for (Parcel parcel : parcels) {
      size += parcel.bytes();
    }
    var bytes = new byte[offset + FRAME_BYTES + size];
    bytes[offset] = MAGIC_1;
    bytes[offset + 1] = MAGIC_2;
    bytes[offset + 2] = VERSION;
    bytes[offset + 3] = NOT_SEALED;
    try {
      var out = CodedOutputStream.newInstance(bytes, offset + FRAME_BYTES, size);
      out.writeMessage(PacketProto.Packet.HEADER_FIELD_NUMBER, header);
      if (hello.isPresent()) {
        out.writeMessage(PacketProto.Packet.HELLO_FIELD_NUMBER, hello.get());
      }
      for (Parcel parcel : parcels) {
        out.writeMessage(PacketProto.Packet.MESSAGES_FIELD_NUMBER, parcel.wire());
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("the array was made to measure", e);
    }
    return bytes;
  }

  private static byte[] withLength(byte[] bytes) {
    int length = bytes.length - LENGTH_BYTES;
    bytes[0] = (byte) (length >>> 24);
    bytes[1] = (byte) (length >>> 16);
    bytes[2] = (byte) (length >>> 8);
    bytes[3] = (byte) length;
    return bytes;
  }

  /// Reads a packet.
  ///
  /// @param bytes one packet, without a length before it; not changed afterwards
  /// @param cluster hash of this cluster's name
  public static Decoded decode(byte[] bytes, long cluster) {
    try {
      checkFrame(bytes);
      CodedInputStream body =
          UnsafeByteOperations.unsafeWrap(bytes, FRAME_BYTES, bytes.length - FRAME_BYTES)
              .newCodedInput();
      body.enableAliasing(true);
      PacketProto.Packet packet = PacketProto.Packet.parseFrom(body);
      unless(packet.getHeader().getCluster() == cluster, "foreign-cluster");
      return decode(packet, bytes.length);
    } catch (Undecodable e) {
      return new Decoded.Rejected(e.getMessage());
    } catch (InvalidProtocolBufferException _) {
      return new Decoded.Rejected("malformed");
    } catch (IOException e) {
      throw new UncheckedIOException("an array is read without I/O", e);
    }
  }

  private static void checkFrame(byte[] bytes) throws Undecodable {
    unless(bytes.length >= FRAME_BYTES, "short");
    unless(bytes[0] == MAGIC_1 && bytes[1] == MAGIC_2, "magic");
    unless(bytes[2] == VERSION, "version");
    unless(bytes[3] == NOT_SEALED, "sealed");
    unless(bytes.length <= Limits.MAP_PACKET_BYTES, "too-large");
  }

  private static Decoded decode(PacketProto.Packet packet, int size) throws Undecodable {
    PacketHeader header = PacketHeader.decode(packet.getHeader());
    var envelopes = new ArrayList<Envelope>(packet.getMessagesCount());
    int skipped = 0;
    for (PacketProto.Message wire : packet.getMessagesList()) {
      unless(size <= Limits.PACKET_BYTES || wire.hasMap(), "too-large");
      try {
        envelopes.add(header.envelope(Parcel.decode(wire)));
      } catch (Undecodable e) {
        if (!e.isNewer()) {
          throw e;
        }
        skipped++;
      }
    }
    Optional<Address> hello =
        packet.hasHello()
            ? Optional.of(ModelCodec.decode(packet.getHello().getAddress()))
            : Optional.empty();
    return new Decoded.Packet(header, hello, envelopes, skipped);
  }
}
