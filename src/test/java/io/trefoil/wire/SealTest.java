package io.trefoil.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

  private static final long CLUSTER = 0x5eedL;
  private static final NodeId SENDER = new NodeId(0x0102030405060708L);
  private static final long RUN = 9;
  private static final ClusterKeys K = ClusterKeys.parse(List.of("11".repeat(32)));
  private static final ClusterKeys L = ClusterKeys.parse(List.of("22".repeat(32)));
  private static final ClusterKeys BOTH = keys("none", "11".repeat(32));
  private static final PacketHeader HEADER =
      new PacketHeader(CLUSTER, SENDER, RUN, NodeId.NONE, 3, new HybridTimestamp(1L << 40));
  private static final List<Parcel> NACK =
      List.of(Parcel.of(new Message.OfMembership(new MembershipMessage.Nack(1))));

  private final Optional<Sealer> sealer = Sealer.of(K, SENDER, RUN, 41);
  private final Opener opener = new Opener(K);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyMessageComesOutAsItWentIn(long seed) {
    var messages = new RandomMessages(seed);
    for (int i = 0; i < 500; i++) {
      Envelope envelope = HEADER.envelope(messages.next());
      var parcels = List.of(Parcel.of(envelope.message()));

      byte[] bytes = PacketCodec.encode(sealer, HEADER, parcels);
      Decoded.Packet packet =
          assertInstanceOf(Decoded.Packet.class, PacketCodec.decode(bytes, CLUSTER, opener));

      assertEquals(List.of(envelope), packet.envelopes());
      byte[] plain = PacketCodec.encode(Optional.empty(), HEADER, parcels);
      assertEquals(plain.length + Limits.SEAL_BYTES, bytes.length);
    }
  }

  @Test
  void whatStandsInClearIsLaidOutAsDrawn() {
    byte[] bytes = PacketCodec.encode(sealer, HEADER, NACK);

    String head = HexFormat.of().formatHex(bytes, 0, Seal.HEAD_BYTES);
    String id = K.toString().substring("key ".length());
    assertEquals(
        "54460101" + id + "0102030405060708" + "0000000000000009" + "0000000000000029", head);
    byte[] plain = PacketCodec.encode(Optional.empty(), HEADER, NACK);
    String body = HexFormat.of().formatHex(plain, 4, plain.length);
    assertFalse(HexFormat.of().formatHex(bytes).contains(body));
  }

  @Test
  void aStreamsPacketsAndItsHelloAreSealedToo() {
    var address = new Address("fe80::1", 7_400);

    byte[] hello = withoutLength(PacketCodec.encodeHello(sealer, HEADER, address));
    byte[] next = withoutLength(PacketCodec.encodeForStream(sealer, HEADER, NACK));

    assertEquals(
        new Decoded.Packet(HEADER, Optional.of(address), List.of(), 0),
        PacketCodec.decode(hello, CLUSTER, opener));
    assertInstanceOf(Decoded.Packet.class, PacketCodec.decode(next, CLUSTER, opener));
    assertEquals(Seal.SEALED, hello[3]);
    assertEquals(Seal.read(hello).counter() + 1, Seal.read(next).counter());
  }

  private static byte[] withoutLength(byte[] bytes) {
    assertEquals(bytes.length - PacketCodec.LENGTH_BYTES, ByteBuffer.wrap(bytes).getInt());
    return Arrays.copyOfRange(bytes, PacketCodec.LENGTH_BYTES, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void noBitOfASealedPacketCanBeFlipped(long seed) {
    var messages = new RandomMessages(seed);
    var random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      byte[] good = PacketCodec.encode(sealer, HEADER, List.of(Parcel.of(messages.next())));
      for (int j = 0; j < 100; j++) {
        assertRejectedWithout(good, random.nextInt(8 * good.length));
      }
    }
    byte[] small = PacketCodec.encode(sealer, HEADER, NACK);
    for (int bit = 0; bit < 8 * small.length; bit++) {
      assertRejectedWithout(small, bit);
    }
    assertEquals(0, opener.keptNow());
  }

  private void assertRejectedWithout(byte[] good, int bit) {
    byte[] bad = good.clone();
    bad[bit / 8] ^= (byte) (1 << bit % 8);
    String reason = rejected(bad, opener);
    String expected =
        switch (bit / 8) {
          case 0, 1 -> "magic";
          case 2 -> "version";
          case 3 -> bad[3] == 0 ? "not-sealed" : "sealed";
          case 4, 5, 6, 7 -> "unknown-key";
          default -> "forged";
        };
    assertEquals(expected, reason);
  }

  @Test
  void whatIsCutShortIsRejected() {
    byte[] good = PacketCodec.encode(sealer, HEADER, NACK);
    for (int length = 4; length < good.length; length++) {
      String expected = length < Seal.HEAD_BYTES + Seal.TAG_BYTES ? "short" : "forged";
      assertEquals(expected, rejected(Arrays.copyOf(good, length), opener));
    }
  }

  @Test
  void whoHasOtherKeysIsToldByTheReason() {
    byte[] sealed = PacketCodec.encode(sealer, HEADER, NACK);
    byte[] open = PacketCodec.encode(Optional.empty(), HEADER, NACK);

    assertEquals("unknown-key", rejected(sealed, new Opener(L)));
    assertEquals("sealed", rejected(sealed, new Opener(ClusterKeys.NONE)));
    assertEquals("not-sealed", rejected(open, opener));
    assertInstanceOf(Decoded.Packet.class, PacketCodec.decode(open, CLUSTER, new Opener(BOTH)));
    assertInstanceOf(Decoded.Packet.class, PacketCodec.decode(sealed, CLUSTER, new Opener(BOTH)));
    for (String reason : List.of("unknown-key", "sealed", "not-sealed", "forged")) {
      assertTrue(Opener.isAboutKeys(reason));
    }
    assertFalse(Opener.isAboutKeys("malformed"));
  }

  @Test
  void anotherClustersPacketIsRefusedThoughItsKeyIsTheSame() {
    var foreign =
        new PacketHeader(CLUSTER + 1, SENDER, RUN, NodeId.NONE, 3, new HybridTimestamp(1));

    assertEquals("foreign-cluster", rejected(PacketCodec.encode(sealer, foreign, NACK), opener));
  }

  @Test
  void nobodySealsForAnother() {
    var another = new PacketHeader(CLUSTER, new NodeId(5), RUN, NodeId.NONE, 3, HEADER.at());
    var later = new PacketHeader(CLUSTER, SENDER, RUN + 1, NodeId.NONE, 3, HEADER.at());

    assertEquals("malformed", rejected(PacketCodec.encode(sealer, another, NACK), opener));
    assertEquals("malformed", rejected(PacketCodec.encode(sealer, later, NACK), opener));
  }

  @Test
  void theSamePacketTwiceIsNeverTheSameBytes() {
    byte[] first = PacketCodec.encode(sealer, HEADER, NACK);
    byte[] second = PacketCodec.encode(sealer, HEADER, NACK);

    assertEquals(Seal.read(first).counter() + 1, Seal.read(second).counter());
    byte[] body = Arrays.copyOfRange(first, Seal.HEAD_BYTES, first.length);
    assertFalse(Arrays.equals(body, Arrays.copyOfRange(second, Seal.HEAD_BYTES, second.length)));
    assertArrayEquals(
        HexFormat.of().parseHex("000000000000000000000029"), Seal.read(first).nonce().getIV());
  }

  @Test
  void theCounterMayBeginAnywhere() {
    Optional<Sealer> last = Sealer.of(K, SENDER, RUN, -1);

    for (long counter = -1; counter < 2; counter++) {
      byte[] bytes = PacketCodec.encode(last, HEADER, NACK);
      assertEquals(counter, Seal.read(bytes).counter());
      assertInstanceOf(Decoded.Packet.class, PacketCodec.decode(bytes, CLUSTER, opener));
    }
  }

  @Test
  void keysOfOnlySoManySendersAreKeptAndThoseOfStrangersNever() {
    for (int i = 1; i <= Opener.KEPT + 10; i++) {
      var id = new NodeId(i);
      var header = new PacketHeader(CLUSTER, id, 1, NodeId.NONE, 0, HEADER.at());
      byte[] bytes = PacketCodec.encode(Sealer.of(K, id, 1, 0), header, NACK);
      assertInstanceOf(Decoded.Packet.class, PacketCodec.decode(bytes, CLUSTER, opener));
      bytes[20]++;
      assertEquals("forged", rejected(bytes, opener));
      assertEquals(Math.min(i, Opener.KEPT), opener.keptNow());
    }
  }

  private static String rejected(byte[] bytes, Opener opener) {
    return assertInstanceOf(Decoded.Rejected.class, PacketCodec.decode(bytes, CLUSTER, opener))
        .reason();
  }

  private static ClusterKeys keys(String... entries) {
    return ClusterKeys.parse(List.of(entries));
  }
}
