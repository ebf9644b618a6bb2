package io.trefoil.transport;

import io.trefoil.core.model.Address;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Path;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import java.util.Optional;

/// The datagram socket.
final class Datagrams {

  private final DatagramSocket socket;
  private final Names names;
  private final Counters counters;
  private final Handler<Throwable> lost;

  /// Sends over a bound socket.
  Datagrams(DatagramSocket socket, Names names, Counters counters) {
    this.socket = socket;
    this.names = names;
    this.counters = counters;
    this.lost = _ -> counters.dropped("send-failed", 1);
  }

  void send(Address destination, byte[] packet) {
    Optional<String> host = names.literal(destination.host());
    if (host.isEmpty()) {
      counters.dropped("unresolved", 1);
      return;
    }
    counters.packet(Direction.OUT, Path.DATAGRAM, packet.length);
    socket.send(Buffer.buffer(packet), destination.port(), host.get()).onFailure(lost);
  }

  Future<Void> close() {
    return socket.close();
  }
}
