package io.trefoil.transport;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Envelope;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Path;
import io.trefoil.wire.Decoded;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/// One node's sockets: datagrams for what fits 1,200 bytes, streams for what is larger, both on the
/// same port. Everything happens on one event loop.
///
/// What one turn of the loop sends to one peer leaves together when the turn ends ([Lane]). Nothing
/// is promised: a message may be lost, doubled, late. Hostile bytes cost a count, never more.
public final class Transport {

  private static final Logger LOG = Logger.getLogger(Transport.class);
  private static final int CONNECT_MILLIS = 1_000;
  private static final int IDLE_SECONDS = 60;
  private static final long SWEEP_MILLIS = 60_000;

  /// Peers keep one stream each to this node, and close it when it is idle.
  private static final int INCOMING_STREAMS = 4_096;

  private final Context context;
  private final Vertx vertx;
  private final TransportSettings settings;
  private final Counters counters = new Counters();
  private final Receiver receiver;
  private final Names names;
  private final NetClient client;
  private final Map<Address, Lane> lanes = new HashMap<>();
  private final Set<NetSocket> incoming = new LinkedHashSet<>();
  private List<Lane> toFlush = new ArrayList<>();
  private List<Envelope> toSelf = new ArrayList<>();
  private boolean turnEndAwaited;
  private Binding binding;
  private Datagrams datagrams;
  private Address address;
  private Opening opening;
  private long sweepTimer;
  private boolean closed;

  private Transport(Context context, TransportSettings settings) {
    this.context = context;
    this.vertx = context.owner();
    this.settings = settings;
    this.receiver = new Receiver(settings, counters, new UnopenedPackets(LOG::warn));
    this.names = new Names(context);
    this.client =
        vertx.createNetClient(
            new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setIdleTimeout(IDLE_SECONDS));
  }

  /// Binds both sockets. Nothing is delivered before [#start].
  ///
  /// @param context the event loop that hosts the node
  /// @return fails with a [java.net.BindException] whose sentence names `trefoil.peer.port`, and
  ///   what is wrong with it, if the sockets cannot be bound
  public static Future<Transport> open(Context context, TransportSettings settings) {
    if (!context.isEventLoopContext()) {
      throw new IllegalArgumentException("a transport lives on an event loop");
    }
    Promise<Transport> opened = Promise.promise();
    context.runOnContext(_ -> new Transport(context, settings).bind().onComplete(opened));
    return opened.future();
  }

  private Future<Transport> bind() {
    return Binding.bind(vertx, settings.listen(), this::connected).map(this::bound);
  }

  private Transport bound(Binding sockets) {
    binding = sockets;
    int port = settings.advertise().port();
    address = new Address(settings.advertise().host(), port == 0 ? sockets.port() : port);
    opening = Opening.of(settings, address);
    datagrams = new Datagrams(sockets.datagrams(), names, counters);
    sockets.datagrams().handler(this::received);
    sweepTimer = vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
    return this;
  }

  /// Where peers reach this node: what [TransportSettings#advertise] says, its port known now.
  public Address address() {
    return address;
  }

  /// Begins to deliver. Packets that arrive before are dropped.
  ///
  /// @param inbox must not throw
  public void start(Inbox inbox) {
    receiver.deliverTo(inbox);
  }

  /// Sends a message; it may be lost. Call on the event loop. What is meant for this node itself is
  /// delivered when the turn ends, without touching the network.
  public void send(Peer to, Envelope envelope) {
    if (closed) {
      return;
    }
    if (to.id().equals(settings.self()) || to.address().equals(address)) {
      toSelf.add(envelope);
    } else {
      counters.message(Direction.OUT, envelope.message());
      Lane lane = lanes.computeIfAbsent(to.address(), this::lane);
      if (lane.collect(Outgoing.of(envelope))) {
        toFlush.add(lane);
      }
    }
    if (!turnEndAwaited) {
      turnEndAwaited = true;
      context.runOnContext(_ -> turnEnded());
    }
  }

  private Lane lane(Address destination) {
    var stream = new OutgoingStream(vertx, client, names, destination, opening, counters);
    return new Lane(destination, datagrams, stream, opening.sealer());
  }

  private void turnEnded() {
    turnEndAwaited = false;
    if (closed) {
      return;
    }
    List<Lane> flushed = toFlush;
    toFlush = new ArrayList<>();
    List<Envelope> delivered = toSelf;
    toSelf = new ArrayList<>();
    for (Lane lane : flushed) {
      lane.flush();
    }
    var self = new Peer(settings.self(), address);
    for (Envelope envelope : delivered) {
      receiver.deliver(self, envelope);
    }
  }

  private void received(DatagramPacket datagram) {
    switch (receiver.decode(Path.DATAGRAM, datagram.data().getBytes())) {
      case Decoded.Rejected(String reason) ->
          receiver.reject(reason, datagram.sender().hostAddress());
      case Decoded.Packet packet ->
          receiver.deliver(new Peer(packet.header().from(), sourceOf(datagram)), packet);
    }
  }

  private static Address sourceOf(DatagramPacket datagram) {
    return new Address(datagram.sender().hostAddress(), datagram.sender().port());
  }

  private void connected(NetSocket socket) {
    if (closed || incoming.size() >= INCOMING_STREAMS) {
      receiver.reject("too-many-streams");
      socket.close();
      return;
    }
    counters.streamOpened();
    incoming.add(socket);
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(
        _ -> {
          incoming.remove(socket);
          counters.streamClosed();
        });
    socket.handler(new IncomingStream(receiver, socket)::read);
  }

  /// Lanes are made for whoever is sent to, and that may be anybody.
  private void sweep() {
    lanes.values().removeIf(Lane::isIdle);
    names.sweep();
  }

  /// What was sent and received so far; may be called on any thread.
  public TransportStats stats() {
    return counters.snapshot();
  }

  /// Closes the sockets and all streams.
  public Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> shut().onComplete(done));
    return done.future();
  }

  private Future<Void> shut() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    vertx.cancelTimer(sweepTimer);
    lanes.values().forEach(Lane::close);
    lanes.clear();
    List.copyOf(incoming).forEach(NetSocket::close);
    return Future.join(binding.close(), client.close()).mapEmpty();
  }
}
