package io.trefoil.transport;

import static io.trefoil.transport.TestPeer.CLUSTER;
import static io.trefoil.transport.TestPeer.eventually;
import static io.trefoil.transport.TestPeer.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.node.Message;
import io.trefoil.core.register.Exchange;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.Footing;
import io.trefoil.core.register.Subject;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Path;
import io.trefoil.wire.ClusterKeys;
import io.trefoil.wire.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealedTransportTest {

  private static final String K = "11".repeat(32);
  private static final String L = "22".repeat(32);
  private static final int COUNTER_AT = 24;

  /// No two of these share a packet.
  private static final int BATCH_BYTES = 64 << 10;

  private final Vertx vertx = Vertx.vertx();
  private final List<TestPeer> peers = new ArrayList<>();

  @AfterEach
  void close() {
    peers.forEach(TestPeer::close);
    join(vertx.close());
  }

  @Test
  void theLongestValueAndABurstTravelSealed() {
    TestPeer a = open(1, K);
    TestPeer b = open(2, K);
    List<Message> messages = new ArrayList<>(List.of(accept(Limits.VALUE_BYTES)));
    for (int i = 0; i < 500; i++) {
      messages.add(accept(i));
    }

    a.send(b.peer(), messages);
    eventually(() -> b.heard.size() == messages.size());

    assertTrue(b.messages().containsAll(messages));
    assertEquals(List.of(), b.rejected);
  }

  /// Membership's messages are never paced: whatever fits goes by datagram.
  @Test
  void theLongestSealedDatagramKeepsToTheLimit() {
    TestPeer a = open(1, K);
    List<Integer> lengths = Collections.synchronizedList(new ArrayList<>());
    DatagramSocket wire = listen(bytes -> lengths.add(bytes.length));

    a.send(at(wire), Collections.nCopies(1_000, nack(1L << 60)));
    eventually(() -> lengths.size() >= 10);

    int longest = List.copyOf(lengths).stream().mapToInt(each -> each).max().orElseThrow();
    assertTrue(longest <= Limits.DATAGRAM_BYTES && longest > 1_150, () -> longest + " bytes");
    assertEquals(0, a.traffic(Direction.OUT, Path.STREAM).packets());
  }

  @Test
  void noNumberIsUsedTwiceOnEitherWay() {
    TestPeer a = open(1, K);
    TestPeer b = open(2, K);
    List<Long> counters = Collections.synchronizedList(new ArrayList<>());
    DatagramSocket wire = listen(bytes -> counters.add(counter(bytes)));
    List<byte[]> streamed = Collections.synchronizedList(new ArrayList<>());
    var server =
        join(
            vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(part -> streamed.add(part.getBytes())))
                .listen(wire.localAddress().port(), "127.0.0.1"));

    for (int i = 0; i < 20; i++) {
      a.send(at(wire), List.of(nack(i), accept(BATCH_BYTES)));
      a.send(b.peer(), List.of(nack(i), accept(BATCH_BYTES)));
    }
    eventually(() -> b.heard.size() == 40);
    eventually(() -> counters.size() == elsewhere(a, b, Path.DATAGRAM));
    eventually(() -> packets(streamed).size() == elsewhere(a, b, Path.STREAM));
    packets(streamed).forEach(packet -> counters.add(counter(packet)));

    assertTrue(counters.size() > 20, counters::toString);
    assertEquals(counters.size(), new HashSet<>(counters).size());
    join(server.close());
  }

  /// How many packets one has sent to others than the other.
  private static long elsewhere(TestPeer from, TestPeer other, Path path) {
    return from.traffic(Direction.OUT, path).packets()
        - other.traffic(Direction.IN, path).packets();
  }

  @Test
  void whoHasAnotherKeyIsHeardByNobodyAndItsStreamsAreClosed() {
    TestPeer a = open(1, K);
    TestPeer b = open(2, L);

    a.send(b.peer(), List.of(nack(1)));
    a.send(b.peer(), List.of(accept(5_000)));

    eventually(() -> b.rejectedCount("unknown-key") == 2);
    eventually(() -> a.transport.stats().streams() == 0);
    assertEquals(List.of(), b.heard);
  }

  @Test
  void withoutKeysNobodyHearsASealedCluster() {
    TestPeer a = open(1, K);
    TestPeer b = open(2, "none");

    a.send(b.peer(), List.of(nack(1)));
    b.send(a.peer(), List.of(nack(2)));

    eventually(() -> b.rejectedCount("sealed") == 1 && a.rejectedCount("not-sealed") == 1);
  }

  @Test
  void whileKeysAreRolledOutAllHearEachOther() {
    TestPeer a = open(1, "none", K);
    TestPeer b = open(2, K, "none");

    a.send(b.peer(), List.of(nack(1), accept(5_000)));
    b.send(a.peer(), List.of(nack(2), accept(6_000)));

    eventually(() -> a.heard.size() == 2 && b.heard.size() == 2);
  }

  private TestPeer open(long id, String... entries) {
    var peer = TestPeer.open(vertx, id, 0, CLUSTER, ClusterKeys.parse(List.of(entries)));
    peers.add(peer);
    return peer;
  }

  private DatagramSocket listen(Consumer<byte[]> packets) {
    DatagramSocket socket = join(vertx.createDatagramSocket().listen(0, "127.0.0.1"));
    socket.handler(packet -> packets.accept(packet.data().getBytes()));
    return socket;
  }

  private static Peer at(DatagramSocket socket) {
    return new Peer(new NodeId(9), new Address("127.0.0.1", socket.localAddress().port()));
  }

  private static List<byte[]> packets(List<byte[]> parts) {
    List<byte[]> packets = new ArrayList<>();
    var reader = new FrameReader(packets::add);
    List.copyOf(parts).forEach(part -> reader.read(Buffer.buffer(part)));
    return packets;
  }

  private static long counter(byte[] packet) {
    return ByteBuffer.wrap(packet).getLong(COUNTER_AT);
  }

  private static Message nack(long number) {
    return new Message.OfMembership(new MembershipMessage.Nack(number));
  }

  private static Message accept(int valueBytes) {
    var ballot = new Ballot(1, new HybridTimestamp(5), new NodeId(1), 1);
    return new Message.OfRegister(
        new Accept(
            new Exchange(1, 1),
            new Subject(new Key("key"), 3, 1),
            ballot,
            Record.of(new Version(ballot), Value.of(new byte[valueBytes])),
            Footing.BLIND,
            OperationKind.WRITE));
  }
}
