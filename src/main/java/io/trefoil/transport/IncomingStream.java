package io.trefoil.transport;

import io.trefoil.core.model.Peer;
import io.trefoil.transport.TransportStats.Path;
import io.trefoil.wire.Decoded;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/// A stream that a peer opened. Its first packet says who that is and where answers reach it; a
/// stream that begins otherwise, or that cannot be cut into packets, is closed.
final class IncomingStream {

  private final Receiver receiver;
  private final NetSocket socket;
  private final FrameReader frames = new FrameReader(this::packet);
  private Optional<Peer> sender = Optional.empty();
  private boolean given;

  /// A stream just opened.
  ///
  /// @param receiver takes its packets
  IncomingStream(Receiver receiver, NetSocket socket) {
    this.receiver = receiver;
    this.socket = socket;
  }

  /// Takes the next bytes.
  void read(Buffer bytes) {
    if (!given && !frames.read(bytes)) {
      giveUp("framing");
    }
  }

  private void packet(byte[] bytes) {
    if (given) {
      return;
    }
    switch (receiver.decode(Path.STREAM, bytes)) {
      case Decoded.Rejected(String reason) -> giveUp(reason);
      case Decoded.Packet packet when sender.isPresent() -> continued(packet, sender.get());
      case Decoded.Packet packet -> opened(packet);
    }
  }

  private void opened(Decoded.Packet packet) {
    if (packet.hello().isEmpty()) {
      giveUp("no-hello");
      return;
    }
    var peer = new Peer(packet.header().from(), packet.hello().get());
    sender = Optional.of(peer);
    receiver.deliver(peer, packet);
  }

  private void continued(Decoded.Packet packet, Peer peer) {
    if (packet.header().from().equals(peer.id())) {
      receiver.deliver(peer, packet);
    } else {
      giveUp("other-sender");
    }
  }

  private void giveUp(String reason) {
    given = true;
    receiver.reject(reason, socket.remoteAddress().hostAddress());
    socket.close();
  }
}
