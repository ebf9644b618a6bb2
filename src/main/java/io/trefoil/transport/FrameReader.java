package io.trefoil.transport;

import io.trefoil.wire.Limits;
import io.trefoil.wire.PacketCodec;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/// Cuts the bytes of a stream into packets. Each byte is copied once, into the packet's own array.
final class FrameReader {

  /// A length does not buy memory, bytes do: an array starts no larger than this.
  private static final int FIRST_BYTES = Limits.PACKET_BYTES;

  private final Handler<byte[]> packets;
  private final byte[] length = new byte[PacketCodec.LENGTH_BYTES];
  private int lengthRead;
  private byte[] packet;
  private int packetBytes;
  private int packetRead;

  /// A reader at the beginning of a stream.
  ///
  /// @param packets takes each packet as it is complete
  FrameReader(Handler<byte[]> packets) {
    this.packets = packets;
  }

  /// Takes the next bytes.
  ///
  /// @return false if they cannot be cut; the rest of the stream is of no use then
  boolean read(Buffer bytes) {
    int at = 0;
    while (at < bytes.length()) {
      if (lengthRead < length.length) {
        length[lengthRead++] = bytes.getByte(at++);
        if (lengthRead == length.length && !begin()) {
          return false;
        }
      } else {
        at += fill(bytes, at);
      }
    }
    return true;
  }

  private boolean begin() {
    packetBytes =
        (length[0] & 0xff) << 24
            | (length[1] & 0xff) << 16
            | (length[2] & 0xff) << 8
            | length[3] & 0xff;
    if (packetBytes <= 0 || packetBytes > Limits.SEALED_PACKET_BYTES) {
      return false;
    }
    packet = new byte[Math.min(packetBytes, FIRST_BYTES)];
    packetRead = 0;
    return true;
  }

  private int fill(Buffer bytes, int at) {
    if (packetRead == packet.length) {
      packet = Arrays.copyOf(packet, Math.min(packetBytes, packet.length * 2));
    }
    int count = Math.min(bytes.length() - at, packet.length - packetRead);
    bytes.getBytes(at, at + count, packet, packetRead);
    packetRead += count;
    if (packetRead == packetBytes) {
      byte[] complete = packet;
      packet = null;
      lengthRead = 0;
      packets.handle(complete);
    }
    return count;
  }
}
