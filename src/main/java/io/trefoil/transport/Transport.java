package io.trefoil.transport;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Envelope;
import io.vertx.core.Context;
import io.vertx.core.Future;

/// One node's sockets: datagrams for what fits 1,200 bytes, streams for what is larger, both on the
/// same port. Everything happens on one event loop.
///
/// Public face only for now; the sockets follow.
public final class Transport {

  private Transport() {}

  /// Binds both sockets. Nothing is delivered before [#start].
  ///
  /// @param context the event loop that hosts the node
  /// @return fails with an [java.io.IOException] whose sentence names `trefoil.peer.port` or
  ///     `trefoil.peer.host` if the sockets cannot be bound
  public static Future<Transport> open(Context context, TransportSettings settings) {
    throw new UnsupportedOperationException();
  }

  /// Where peers reach this node: what [TransportSettings#advertise] says, its port known now.
  public Address address() {
    throw new UnsupportedOperationException();
  }

  /// Begins to deliver. Packets that arrive before are dropped.
  public void start(Inbox inbox) {
    throw new UnsupportedOperationException();
  }

  /// Sends a message; it may be lost. Call on the event loop: what one turn sends to one peer leaves
  /// in as few packets as possible when the turn ends.
  public void send(Peer to, Envelope envelope) {
    throw new UnsupportedOperationException();
  }

  /// What was sent and received so far; may be called on any thread.
  public TransportStats stats() {
    throw new UnsupportedOperationException();
  }

  /// Closes the sockets and all streams.
  public Future<Void> close() {
    throw new UnsupportedOperationException();
  }
}
