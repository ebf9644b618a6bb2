package io.trefoil.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.trefoil.core.map.MapMessage;
import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.stabilization.StabilizationMessage;
import io.trefoil.wire.proto.PacketProto;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCodecTest {

  private static final long CLUSTER = 0x5eedL;
  private static final Optional<Sealer> UNSEALED = Optional.empty();
  private static final Set<Class<?>> EVERY_KIND =
      Stream.of(
              RegisterMessage.class,
              MembershipMessage.class,
              MapMessage.class,
              StabilizationMessage.class)
          .flatMap(PacketCodecTest::leaves)
          .collect(Collectors.toSet());
  private static final int KINDS = EVERY_KIND.size();

  private static final PacketHeader HEADER =
      new PacketHeader(CLUSTER, new NodeId(7), 1, NodeId.NONE, 3, new HybridTimestamp(1L << 40));

  private final Opener opener = new Opener(ClusterKeys.NONE);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyMessageComesOutAsItWentIn(long seed) {
    var messages = new RandomMessages(seed);
    for (int i = 0; i < 20 * KINDS; i++) {
      Envelope envelope = messages.nextEnvelope(CLUSTER);

      Decoded.Packet packet = decoded(PacketCodec.encode(envelope));

      assertEquals(List.of(envelope), packet.envelopes());
      assertEquals(0, packet.skipped());
      assertEquals(Optional.empty(), packet.hello());
    }
  }

  @Test
  void everyKindOfMessageIsAmongThem() {
    var messages = new RandomMessages(1);
    Set<Class<?>> seen = new HashSet<>();
    for (int i = 0; i < 2 * KINDS; i++) {
      seen.add(
          switch (messages.next()) {
            case Message.OfRegister(var register) -> register.getClass();
            case Message.OfMembership(var membership) -> membership.getClass();
            case Message.OfMap(var map) -> map.getClass();
            case Message.OfStabilization(var stabilization) -> stabilization.getClass();
          });
    }

    assertEquals(EVERY_KIND, seen);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(PacketCodecTest::leaves)
        : Stream.of(type);
  }

  @Test
  void manyMessagesShareOnePacketAndItsSizeIsKnownBefore() {
    var messages = new RandomMessages(9);
    List<Message> sent = new ArrayList<>();
    List<Parcel> parcels = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < KINDS; i++) {
      Message message = messages.next();
      sent.add(message);
      Parcel parcel = Parcel.of(message);
      parcels.add(parcel);
      size += parcel.bytes();
    }

    byte[] bytes = PacketCodec.encode(UNSEALED, HEADER, parcels);

    assertTrue(bytes.length > size && bytes.length <= size + PacketCodec.OVERHEAD_BYTES);
    assertEquals(sent.stream().map(HEADER::envelope).toList(), decoded(bytes).envelopes());
  }

  @Test
  void theLargestHeaderStaysWithinItsOverhead() {
    var header =
        new PacketHeader(
            -1,
            new NodeId(-1),
            Long.MAX_VALUE,
            new NodeId(-1),
            Long.MAX_VALUE,
            new HybridTimestamp(-1));

    assertTrue(
        PacketCodec.encode(UNSEALED, header, List.of()).length <= PacketCodec.OVERHEAD_BYTES);
  }

  @Test
  void aHelloTellsWhereItsSenderIsReached() {
    var address = new Address("fe80::1", 7_400);

    byte[] bytes = PacketCodec.encodeHello(UNSEALED, HEADER, address);

    byte[] packet = Arrays.copyOfRange(bytes, PacketCodec.LENGTH_BYTES, bytes.length);
    assertEquals(new Decoded.Packet(HEADER, Optional.of(address), List.of(), 0), decoded(packet));
    assertEquals(packet.length, bytes[3]);
  }

  @Test
  void aPacketOnAStreamStandsAfterItsLength() {
    Parcel parcel = Parcel.of(new RandomMessages(1).next());

    byte[] bytes = PacketCodec.encodeForStream(UNSEALED, HEADER, List.of(parcel));

    byte[] packet = PacketCodec.encode(UNSEALED, HEADER, List.of(parcel));
    assertEquals(packet.length, ByteBuffer.wrap(bytes).getInt());
    assertTrue(
        Arrays.equals(bytes, PacketCodec.LENGTH_BYTES, bytes.length, packet, 0, packet.length));
  }

  @Test
  void anotherClustersPacketIsRefused() {
    byte[] bytes = PacketCodec.encode(UNSEALED, HEADER, List.of());

    assertEquals(
        new Decoded.Rejected("foreign-cluster"), PacketCodec.decode(bytes, CLUSTER + 1, opener));
  }

  @Test
  void anotherFrameIsRefused() {
    byte[] good = PacketCodec.encode(UNSEALED, HEADER, List.of());

    assertEquals("short", rejected(Arrays.copyOf(good, 3)));
    assertEquals("magic", rejected(with(good, 0, 'H')));
    assertEquals("version", rejected(with(good, 2, PacketCodec.VERSION + 1)));
    assertEquals("sealed", rejected(with(good, 3, 1)));
    assertEquals("too-large", rejected(Arrays.copyOf(good, Limits.MAP_PACKET_BYTES + 1)));
  }

  @Test
  void aHeaderWithoutASenderOrARunIsRefused() {
    var anonymous = new PacketHeader(CLUSTER, NodeId.NONE, 1, NodeId.NONE, 0, HEADER.at());
    var unborn = new PacketHeader(CLUSTER, new NodeId(7), 0, NodeId.NONE, 0, HEADER.at());

    assertEquals("node", rejected(PacketCodec.encode(UNSEALED, anonymous, List.of())));
    assertEquals("run", rejected(PacketCodec.encode(UNSEALED, unborn, List.of())));
  }

  @Test
  void onlyAMapMayMakeAPacketLarge() {
    var padded = PacketProto.Message.newBuilder();
    padded.setUnknownFields(
        UnknownFieldSet.newBuilder()
            .addField(99, field(ByteString.copyFrom(new byte[Limits.PACKET_BYTES])))
            .build());
    var map = Parcel.of(new Message.OfMap(new MapMessage.Pull(1))).wire();

    assertEquals("too-large", rejected(frame(padded.build())));
    Decoded.Packet packet = decoded(frame(padded.setMap(map.getMap()).build()));
    assertEquals(1, packet.envelopes().size());
  }

  @Test
  void aMessageOfANewerVersionIsSkippedAlone() {
    var unknown = PacketProto.Message.newBuilder();
    unknown.setUnknownFields(
        UnknownFieldSet.newBuilder().addField(99, field(ByteString.copyFromUtf8("new"))).build());
    var nack = new Message.OfMembership(new MembershipMessage.Nack(1));
    var newKind = Parcel.of(new RandomMessages(1).next()).wire().toBuilder();
    newKind.getRegisterBuilder().getReadBuilder().setKindValue(99);

    Decoded.Packet packet =
        decoded(frame(unknown.build(), Parcel.of(nack).wire(), newKind.build()));

    assertEquals(List.of(HEADER.envelope(nack)), packet.envelopes());
    assertEquals(2, packet.skipped());
  }

  @Test
  void aMistakeInOneMessageCondemnsThePacket() {
    var nack = Parcel.of(new Message.OfMembership(new MembershipMessage.Nack(1))).wire();
    var read = Parcel.of(new RandomMessages(1).next()).wire().toBuilder();
    read.getRegisterBuilder().getReadBuilder().getSubjectBuilder().setKey("");

    assertEquals("key", rejected(frame(nack, read.build())));
  }

  @Test
  void randomBytesNeverDoMoreThanBeRejected() {
    var random = new Random(42);
    byte[] good = PacketCodec.encode(UNSEALED, HEADER, List.of());
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      System.arraycopy(good, 0, bytes, 0, Math.min(random.nextInt(good.length), bytes.length));

      PacketCodec.decode(bytes, CLUSTER, opener);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void flippedBitsNeverDoMoreThanBeRejected(long seed) {
    var messages = new RandomMessages(seed);
    var random = new Random(seed);
    for (int i = 0; i < 10 * KINDS; i++) {
      byte[] good = PacketCodec.encode(UNSEALED, HEADER, List.of(Parcel.of(messages.next())));
      for (int j = 0; j < 20; j++) {
        byte[] bad = good.clone();
        for (int k = 0; k <= random.nextInt(3); k++) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }

        PacketCodec.decode(bad, CLUSTER, opener);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void whatIsCutShortNeverPassesForTheWhole(long seed) {
    var messages = new RandomMessages(seed);
    for (int i = 0; i < 2 * KINDS; i++) {
      Envelope envelope = messages.nextEnvelope(CLUSTER);
      byte[] good = PacketCodec.encode(envelope);
      for (int length = 0; length < good.length; length += 1 + good.length / 300) {
        if (PacketCodec.decode(Arrays.copyOf(good, length), CLUSTER, opener)
            instanceof Decoded.Packet packet) {
          assertEquals(List.of(), packet.envelopes());
        }
      }
    }
  }

  private Decoded.Packet decoded(byte[] bytes) {
    return assertInstanceOf(Decoded.Packet.class, PacketCodec.decode(bytes, CLUSTER, opener));
  }

  private String rejected(byte[] bytes) {
    return assertInstanceOf(Decoded.Rejected.class, PacketCodec.decode(bytes, CLUSTER, opener))
        .reason();
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] frame(PacketProto.Message... messages) {
    byte[] frame = PacketCodec.encode(UNSEALED, HEADER, List.of());
    byte[] body =
        PacketProto.Packet.newBuilder().addAllMessages(List.of(messages)).build().toByteArray();
    byte[] whole = Arrays.copyOf(frame, frame.length + body.length);
    System.arraycopy(body, 0, whole, frame.length, body.length);
    return whole;
  }

  private static UnknownFieldSet.Field field(ByteString bytes) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build();
  }
}
