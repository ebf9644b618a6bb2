package io.trefoil.transport;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Path;
import io.trefoil.wire.Decoded;
import io.trefoil.wire.Opener;
import io.trefoil.wire.PacketCodec;
import java.util.Optional;

/// What is done with every packet that arrives, whichever way it came: read, judged, counted,
/// handed to the node.
final class Receiver {

  private final long cluster;
  private final NodeId self;
  private final Counters counters;
  private final Opener opener;
  private final UnopenedPackets unopened;
  private Optional<Inbox> inbox = Optional.empty();

  /// A receiver that drops everything until it is told where to deliver.
  Receiver(TransportSettings settings, Counters counters, UnopenedPackets unopened) {
    this.cluster = settings.cluster();
    this.self = settings.self();
    this.counters = counters;
    this.opener = new Opener(settings.keys());
    this.unopened = unopened;
  }

  /// From now on messages go there.
  void deliverTo(Inbox target) {
    inbox = Optional.of(target);
  }

  /// Reads a packet and counts it.
  Decoded decode(Path path, byte[] bytes) {
    counters.packet(Direction.IN, path, bytes.length);
    return PacketCodec.decode(bytes, cluster, opener);
  }

  /// Hands on the messages of a packet.
  ///
  /// @param from its sender, and where an answer reaches it
  void deliver(Peer from, Decoded.Packet packet) {
    for (int i = 0; i < packet.skipped(); i++) {
      reject("unknown");
    }
    for (Envelope envelope : packet.envelopes()) {
      counters.message(Direction.IN, envelope.message());
      deliver(from, envelope);
    }
  }

  /// Hands on a message, if it is for this node.
  void deliver(Peer from, Envelope envelope) {
    if (!isForHere(envelope)) {
      reject("wrong-target");
    } else if (inbox.isPresent()) {
      inbox.get().heard(from, envelope);
    }
  }

  /// A message meant for another node still tells membership something: it answers who is here.
  private boolean isForHere(Envelope envelope) {
    return envelope.to().equals(self)
        || envelope.to().equals(NodeId.NONE)
        || envelope.message() instanceof Message.OfMembership;
  }

  /// Counts a packet that was left unread.
  ///
  /// @param host where it came from
  void reject(String reason, String host) {
    if (Opener.isAboutKeys(reason)) {
      unopened.add(reason, host, System.nanoTime());
    }
    reject(reason);
  }

  /// Counts what was left unread.
  void reject(String reason) {
    counters.rejected(reason);
    inbox.ifPresent(target -> target.rejected(reason));
  }
}
