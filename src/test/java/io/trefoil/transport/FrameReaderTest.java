package io.trefoil.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.wire.Limits;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  private final List<byte[]> packets = new ArrayList<>();
  private final FrameReader reader = new FrameReader(packets::add);

  @Test
  void packetsComeOutWholeHoweverTheStreamIsCut() {
    var random = new Random(1);
    List<byte[]> sent = new ArrayList<>();
    Buffer stream = Buffer.buffer();
    for (int i = 0; i < 200; i++) {
      var packet = new byte[1 + random.nextInt(i % 20 == 0 ? 100_000 : 300)];
      random.nextBytes(packet);
      sent.add(packet);
      stream.appendInt(packet.length).appendBytes(packet);
    }

    for (int at = 0; at < stream.length(); ) {
      int next = Math.min(stream.length(), at + 1 + random.nextInt(random.nextInt(2_000) + 1));
      assertTrue(reader.read(stream.getBuffer(at, next)));
      at = next;
    }

    assertEquals(sent.size(), packets.size());
    for (int i = 0; i < sent.size(); i++) {
      assertArrayEquals(sent.get(i), packets.get(i));
    }
  }

  @Test
  void aPacketLargerThanTheFirstArrayComesOutWhole() {
    var packet = new byte[3 * Limits.PACKET_BYTES];
    new Random(2).nextBytes(packet);

    assertTrue(reader.read(Buffer.buffer().appendInt(packet.length)));
    assertTrue(reader.read(Buffer.buffer(packet)));

    assertEquals(1, packets.size());
    assertArrayEquals(packet, packets.getFirst());
  }

  @Test
  void aLengthThatNoPacketHasEndsTheStream() {
    for (int length : new int[] {0, -1, Limits.SEALED_PACKET_BYTES + 1, Integer.MIN_VALUE}) {
      assertFalse(new FrameReader(packets::add).read(Buffer.buffer().appendInt(length)));
    }
    assertEquals(List.of(), packets);
  }
}
