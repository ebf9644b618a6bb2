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

  /// How much of a packet is not messages, at most, in bytes. Room for a seal is always left, so
  /// that sealing changes nothing about what travels with what.
  public static final int OVERHEAD_BYTES = 64 + Limits.SEAL_BYTES;

  /// The length that stands before a packet on a stream, in bytes.
  public static final int LENGTH_BYTES = 4;

  /// What every packet begins with, sealed or not, in bytes.
  static final int FRAME_BYTES = 4;

  private static final byte MAGIC_1 = 'T';
  private static final byte MAGIC_2 = 'F';

  private PacketCodec() {}

  /// A packet with one message in it.
  public static byte[] encode(Envelope envelope) {
    var parcels = List.of(Parcel.of(envelope.message()));
    return encode(Optional.empty(), PacketHeader.of(envelope), parcels);
  }

  /// A packet as a datagram carries it.
  ///
  /// @param sealer seals it, if it is to be sealed
  public static byte[] encode(Optional<Sealer> sealer, PacketHeader header, List<Parcel> parcels) {
    return write(0, sealer, body(header, parcels));
  }

  /// A packet as a stream carries it, its length first.
  public static byte[] encodeForStream(
      Optional<Sealer> sealer, PacketHeader header, List<Parcel> parcels) {
    return withLength(write(LENGTH_BYTES, sealer, body(header, parcels)));
  }

  /// The packet that opens a stream, its length first.
  ///
  /// @param address where answers reach the sender
  public static byte[] encodeHello(Optional<Sealer> sealer, PacketHeader header, Address address) {
    var hello = PacketProto.Hello.newBuilder().setAddress(ModelCodec.encode(address)).build();
    var body = new Body(header.encode(), Optional.of(hello), List.of());
    return withLength(write(LENGTH_BYTES, sealer, body));
  }

  private static Body body(PacketHeader header, List<Parcel> parcels) {
    return new Body(header.encode(), Optional.empty(), parcels);
  }

  /// What is encrypted where a packet is sealed.
  private record Body(
      PacketProto.Header header, Optional<PacketProto.Hello> hello, List<Parcel> parcels) {

    int size() {
      int size =
          CodedOutputStream.computeMessageSize(PacketProto.Packet.HEADER_FIELD_NUMBER, header);
      if (hello.isPresent()) {
        size +=
            CodedOutputStream.computeMessageSize(
                PacketProto.Packet.HELLO_FIELD_NUMBER, hello.get());
      }
      for (Parcel parcel : parcels) {
        size += parcel.bytes();
      }
      return size;
    }

    void write(byte[] bytes, int offset, int size) {
      try {
        var out = CodedOutputStream.newInstance(bytes, offset, size);
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
    }
  }

  private static byte[] write(int offset, Optional<Sealer> sealer, Body body) {
    int size = body.size();
    int head = sealer.isPresent() ? Seal.HEAD_BYTES : FRAME_BYTES;
    int tail = sealer.isPresent() ? Seal.TAG_BYTES : 0;
    var bytes = new byte[offset + head + size + tail];
    bytes[offset] = MAGIC_1;
    bytes[offset + 1] = MAGIC_2;
    bytes[offset + 2] = VERSION;
    bytes[offset + 3] = sealer.isPresent() ? Seal.SEALED : Seal.NOT_SEALED;
    body.write(bytes, offset + head, size);
    sealer.ifPresent(each -> each.seal(bytes, offset));
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
  /// @param opener opens it
  public static Decoded decode(byte[] bytes, long cluster, Opener opener) {
    try {
      checkFrame(bytes);
      Opener.Opened opened = opener.open(bytes);
      unless(opened.size() <= Limits.MAP_PACKET_BYTES, "too-large");
      PacketProto.Packet packet = parse(opened);
      unless(packet.getHeader().getCluster() == cluster, "foreign-cluster");
      PacketHeader header = PacketHeader.decode(packet.getHeader());
      unless(opened.isOf(header), "malformed");
      return decode(packet, header, opened.size());
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
    unless(bytes.length <= Limits.SEALED_PACKET_BYTES, "too-large");
  }

  private static PacketProto.Packet parse(Opener.Opened opened) throws IOException {
    byte[] bytes = opened.bytes();
    CodedInputStream body =
        UnsafeByteOperations.unsafeWrap(bytes, opened.from(), bytes.length - opened.from())
            .newCodedInput();
    body.enableAliasing(true);
    return PacketProto.Packet.parseFrom(body);
  }

  private static Decoded decode(PacketProto.Packet packet, PacketHeader header, int size)
      throws Undecodable {
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
