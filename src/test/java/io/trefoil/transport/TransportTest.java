package io.trefoil.transport;

import static io.trefoil.transport.TestPeer.CLUSTER;
import static io.trefoil.transport.TestPeer.eventually;
import static io.trefoil.transport.TestPeer.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.MapMessage;
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
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.register.Exchange;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.Footing;
import io.trefoil.core.register.Subject;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Path;
import io.trefoil.transport.TransportStats.Protocol;
import io.trefoil.wire.ClusterKeys;
import io.trefoil.wire.Limits;
import io.trefoil.wire.PacketCodec;
import io.trefoil.wire.PacketHeader;
import io.trefoil.wire.Parcel;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.NetSocket;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransportTest {

  private static final Ballot BALLOT = new Ballot(1, new HybridTimestamp(5), new NodeId(1), 1);

  private final Vertx vertx = Vertx.vertx();
  private TestPeer a;
  private TestPeer b;

  @BeforeEach
  void open() {
    a = TestPeer.open(vertx, 1);
    b = TestPeer.open(vertx, 2);
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
    join(vertx.close());
  }

  @Test
  void aMessageArrivesWithItsEnvelopeAndAnAnswerFindsItsWayBack() {
    a.send(b.peer(), List.of(nack(1)));
    eventually(() -> b.heard.size() == 1);

    assertEquals(new TestPeer.Heard(a.peer(), a.envelope(b.id, nack(1))), b.heard.getFirst());

    b.send(b.heard.getFirst().from(), List.of(nack(2)));
    eventually(() -> a.messages().equals(List.of(nack(2))));
  }

  @Test
  void whatOneTurnSendsToOnePeerSharesADatagram() {
    List<Message> messages = nacks(50);

    a.send(b.peer(), messages);
    eventually(() -> b.heard.size() == 50);

    assertEquals(messages, b.messages());
    assertEquals(1, a.traffic(Direction.OUT, Path.DATAGRAM).packets());
    assertEquals(1, b.traffic(Direction.IN, Path.DATAGRAM).packets());
    assertEquals(
        a.traffic(Direction.OUT, Path.DATAGRAM).bytes(),
        b.traffic(Direction.IN, Path.DATAGRAM).bytes());
    assertEquals(
        50,
        b.transport
            .stats()
            .messages()
            .get(new TransportStats.Subject(Direction.IN, Protocol.MEMBERSHIP)));
  }

  @Test
  void noDatagramIsLongerThanItsLimit() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      messages.add(accept(100 * i));
    }

    a.send(b.peer(), messages);
    eventually(() -> b.heard.size() == 10);

    TransportStats.Traffic sent = a.traffic(Direction.OUT, Path.DATAGRAM);
    assertTrue(sent.packets() < 10 && sent.bytes() <= sent.packets() * Limits.DATAGRAM_BYTES);
    assertEquals(0, a.traffic(Direction.OUT, Path.STREAM).packets());
  }

  @Test
  void messagesToTwoIdsAtOneAddressDoNotMix() {
    a.context.runOnContext(
        _ -> {
          a.transport.send(b.peer(), a.envelope(b.id, nack(1)));
          a.transport.send(Peer.at(b.transport.address()), a.envelope(NodeId.NONE, nack(2)));
          a.transport.send(b.peer(), a.envelope(b.id, nack(3)));
        });

    eventually(() -> b.heard.size() == 3);
    assertEquals(
        List.of(b.id, NodeId.NONE, b.id),
        List.copyOf(b.heard).stream().map(each -> each.envelope().to()).toList());
  }

  @Test
  void theLongestValueTravelsBothWaysOverOneStreamEach() {
    a.send(b.peer(), List.of(accept(Limits.VALUE_BYTES)));
    eventually(() -> b.heard.size() == 1);
    Peer sender = b.heard.getFirst().from();
    assertEquals(a.peer(), sender);
    b.send(sender, List.of(accept(Limits.VALUE_BYTES)));
    eventually(() -> a.heard.size() == 1);

    assertEquals(List.of(accept(Limits.VALUE_BYTES)), a.messages());
    assertEquals(a.messages(), b.messages());
    assertEquals(2, a.traffic(Direction.OUT, Path.STREAM).packets());
    assertEquals(0, a.traffic(Direction.OUT, Path.DATAGRAM).packets());

    a.send(b.peer(), List.of(accept(2_000)));
    eventually(() -> b.heard.size() == 2);
    assertEquals(2, a.transport.stats().streams());
  }

  @Test
  void aBurstTooLargeForDatagramsArrivesWhole() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      messages.add(accept(i % 300));
    }

    a.send(b.peer(), messages);
    eventually(() -> b.heard.size() == 5_000);

    assertTrue(a.traffic(Direction.OUT, Path.DATAGRAM).packets() <= Pacer.BURST);
    assertTrue(a.traffic(Direction.OUT, Path.STREAM).packets() > 1);
  }

  @Test
  void whatANodeSendsToItselfTouchesNoNetwork() {
    a.send(a.peer(), List.of(nack(1)));
    a.send(new Peer(a.id, new Address("192.0.2.1", 9)), List.of(nack(2)));

    eventually(() -> a.messages().equals(List.of(nack(1), nack(2))));
    assertEquals(a.peer(), a.heard.getFirst().from());
    assertEquals(0, a.traffic(Direction.OUT, Path.DATAGRAM).packets());
  }

  @Test
  void whatIsMeantForAnotherNodeIsDroppedUnlessItIsMemberships() {
    var stranger = new Peer(new NodeId(99), b.transport.address());

    a.send(stranger, List.of(accept(1), new Message.OfMap(new MapMessage.Pull(1)), nack(1)));

    eventually(() -> b.heard.size() == 1);
    assertEquals(List.of(nack(1)), b.messages());
    assertEquals(List.of("wrong-target", "wrong-target"), b.rejected);
  }

  @Test
  void anotherClustersPacketsAreDroppedAndCounted() {
    TestPeer foreign = TestPeer.open(vertx, 3, 0, CLUSTER + 1);

    foreign.send(b.peer(), List.of(nack(1)));
    foreign.send(b.peer(), List.of(accept(5_000)));

    eventually(() -> b.rejectedCount("foreign-cluster") == 2);
    assertEquals(List.of(), b.heard);
    eventually(() -> foreign.transport.stats().streams() == 0);
    foreign.close();
  }

  @Test
  void bytesThatAreNoPacketAreDroppedAndCounted() {
    DatagramSocket socket = vertx.createDatagramSocket();
    Address to = b.transport.address();
    var random = new Random(1);
    for (int i = 0; i < 20; i++) {
      var bytes = new byte[10 + i];
      random.nextBytes(bytes);
      join(socket.send(Buffer.buffer(bytes), to.port(), to.host()));
    }
    eventually(() -> b.rejectedCount("magic") == 20);
    join(socket.close());

    a.send(b.peer(), List.of(nack(1)));
    eventually(() -> b.messages().equals(List.of(nack(1))));
  }

  @Test
  void aStreamThatDoesNotBeginWithAHelloIsClosed() {
    streamIsClosedFor("framing", "GET / HTTP/1.1\r\n\r\n".getBytes());
    streamIsClosedFor("magic", new byte[] {0, 0, 0, 4, 1, 2, 3, 4});
    streamIsClosedFor("no-hello", streamed(a.envelope(b.id, nack(1))));
    assertEquals(List.of(), b.heard);
  }

  @Test
  void aStreamCarriesOnlyItsOwnSendersPackets() {
    var header = PacketHeader.of(a.envelope(b.id, nack(1)));
    byte[] hello = PacketCodec.encodeHello(Optional.empty(), header, a.transport.address());
    byte[] another = streamed(b.envelope(b.id, nack(2)));

    streamIsClosedFor("other-sender", Buffer.buffer(hello).appendBytes(another).getBytes());
    assertEquals(List.of(), b.heard);
  }

  private void streamIsClosedFor(String reason, byte[] bytes) {
    Address to = b.transport.address();
    var socket = join(vertx.createNetClient().connect(to.port(), to.host()));
    var closed = Promise.<Void>promise();
    socket.closeHandler(closed::complete);
    join(socket.write(Buffer.buffer(bytes)));

    join(closed.future());
    assertEquals(1, b.rejectedCount(reason));
  }

  @Test
  void aPeerThatRestartsOnItsPortIsFoundAgain() {
    a.send(b.peer(), List.of(nack(1), accept(5_000)));
    eventually(() -> b.heard.size() == 2);
    Peer old = b.peer();
    b.close();
    eventually(() -> a.transport.stats().streams() == 0);

    b = TestPeer.open(vertx, 2, old.address().port(), CLUSTER);
    a.send(old, List.of(nack(2), accept(6_000)));

    eventually(() -> b.heard.size() == 2);
    assertEquals(1, a.transport.stats().streams());
  }

  @Test
  void aPeerThatIsNotThereCostsNoMemory() {
    Peer gone = b.peer();
    b.close();
    for (int i = 0; i < 40; i++) {
      a.send(gone, List.of(nack(i), accept(Limits.VALUE_BYTES)));
    }

    eventually(() -> a.dropped("unreachable") + a.dropped("queue-full") == 40);
    assertEquals(0, a.transport.stats().streams());
  }

  @Test
  void aPeerThatDoesNotReadCostsABoundedQueueAndIsGivenUp() {
    var server =
        join(vertx.createNetServer().connectHandler(NetSocket::pause).listen(0, "127.0.0.1"));
    var deaf = new Peer(new NodeId(9), new Address("127.0.0.1", server.actualPort()));
    int sent = 60;
    for (int i = 0; i < sent; i++) {
      a.send(deaf, List.of(accept(Limits.VALUE_BYTES)));
    }

    eventually(() -> a.dropped("queue-full") > 0);
    int held = sent - (int) a.dropped("queue-full");
    assertTrue(held <= 40, () -> held + " MiB are on their way or waiting");

    eventually(() -> a.dropped("stalled") > 0 && a.transport.stats().streams() == 0);
    join(server.close());
  }

  @Test
  void closingDoesNotWaitForAPeerThatDoesNotRead() {
    var server =
        join(vertx.createNetServer().connectHandler(NetSocket::pause).listen(0, "127.0.0.1"));
    var deaf = new Peer(new NodeId(9), new Address("127.0.0.1", server.actualPort()));
    a.send(deaf, List.of(accept(Limits.VALUE_BYTES), accept(Limits.VALUE_BYTES)));
    for (int i = 0; i < 10; i++) {
      a.send(deaf, List.of(accept(Limits.VALUE_BYTES)));
    }
    eventually(() -> a.traffic(Direction.OUT, Path.STREAM).packets() > 1);

    a.close();

    assertEquals(0, a.transport.stats().streams());
    join(server.close());
  }

  @Test
  void aPeerIsReachedByItsNameOnceThatIsLookedUp() {
    var named = new Peer(b.id, new Address("localhost", b.transport.address().port()));

    eventually(
        () -> {
          a.send(named, List.of(nack(1)));
          return !b.heard.isEmpty();
        });
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    int port = b.transport.address().port();

    var failure =
        assertThrows(CompletionException.class, () -> TestPeer.open(vertx, 4, port, CLUSTER));

    var taken = assertInstanceOf(BindException.class, failure.getCause());
    assertTrue(taken.getMessage().startsWith("trefoil.peer.port: port " + port + " is taken"));
  }

  @Test
  void aPortTakenForStreamsAloneIsNamedToo() {
    var server =
        join(Vertx.vertx().createNetServer().connectHandler(_ -> {}).listen(0, "127.0.0.1"));
    int port = server.actualPort();

    var failure =
        assertThrows(CompletionException.class, () -> TestPeer.open(vertx, 4, port, CLUSTER));

    var taken = assertInstanceOf(BindException.class, failure.getCause());
    assertTrue(taken.getMessage().startsWith("trefoil.peer.port: port " + port + " is taken"));
    join(server.close());
  }

  @Test
  void anAddressThatIsNotHereIsNamed() {
    var settings =
        new TransportSettings(
            new Address("192.0.2.1", 0),
            new Address("192.0.2.1", 0),
            CLUSTER,
            new NodeId(5),
            1,
            ClusterKeys.NONE);

    var failure =
        assertThrows(
            CompletionException.class,
            () -> join(Transport.open(vertx.getOrCreateContext(), settings)));

    var sentence = assertInstanceOf(BindException.class, failure.getCause()).getMessage();
    assertTrue(sentence.startsWith("trefoil.peer.host"), sentence);
  }

  private static byte[] streamed(Envelope envelope) {
    return PacketCodec.encodeForStream(
        Optional.empty(), PacketHeader.of(envelope), List.of(Parcel.of(envelope.message())));
  }

  private static Message nack(long number) {
    return new Message.OfMembership(new MembershipMessage.Nack(number));
  }

  private static List<Message> nacks(int count) {
    List<Message> nacks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nacks.add(nack(i));
    }
    return nacks;
  }

  private static Message accept(int valueBytes) {
    var bytes = new byte[valueBytes];
    new Random(valueBytes).nextBytes(bytes);
    return new Message.OfRegister(
        new Accept(
            new Exchange(1, 1),
            new Subject(new Key("key"), 3, 1),
            BALLOT,
            Record.of(new Version(BALLOT), Value.of(bytes)),
            Footing.BLIND,
            OperationKind.WRITE));
  }
}
