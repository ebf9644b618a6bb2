package io.trefoil.transport;

import io.trefoil.core.model.Address;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.BindException;
import java.net.SocketException;

/// Both sockets of a node, bound to one port.
///
/// @param datagrams the datagram socket
/// @param server the socket that streams connect to
/// @param port what they are bound to
record Binding(DatagramSocket datagrams, NetServer server, int port) {

  /// Also sizes the buffer each datagram is received into: with less, Vert.x cuts datagrams; with
  /// megabytes, receiving collapses.
  private static final int RECEIVE_BYTES = 64 << 10;

  private static final int IDLE_SECONDS = 120;

  /// With port 0 the system chooses a port for datagrams that may be taken for streams.
  private static final int ATTEMPTS = 16;

  /// Binds both. Call on the event loop that is to serve them.
  ///
  /// @param streams takes each stream that a peer opens
  static Future<Binding> bind(Vertx vertx, Address listen, Handler<NetSocket> streams) {
    return attempt(vertx, listen, streams, listen.port() == 0 ? ATTEMPTS : 1);
  }

  private static Future<Binding> attempt(
      Vertx vertx, Address listen, Handler<NetSocket> streams, int attempts) {
    DatagramSocket datagrams = vertx.createDatagramSocket(datagramOptions(listen));
    return datagrams
        .listen(listen.port(), listen.host())
        .compose(bound -> bindServer(vertx, listen, streams, bound))
        .recover(
            failure -> {
              Future<Void> closed = datagrams.close();
              return attempts > 1
                  ? closed.compose(_ -> attempt(vertx, listen, streams, attempts - 1))
                  : closed.transform(_ -> Future.failedFuture(explained(failure, listen)));
            });
  }

  private static DatagramSocketOptions datagramOptions(Address listen) {
    return new DatagramSocketOptions()
        .setReceiveBufferSize(RECEIVE_BYTES)
        .setIpV6(listen.host().indexOf(':') >= 0);
  }

  private static Future<Binding> bindServer(
      Vertx vertx, Address listen, Handler<NetSocket> streams, DatagramSocket datagrams) {
    int port = datagrams.localAddress().port();
    return vertx
        .createNetServer(new NetServerOptions().setReadIdleTimeout(IDLE_SECONDS))
        .connectHandler(streams)
        .listen(port, listen.host())
        .map(server -> new Binding(datagrams, server, port));
  }

  private static SocketException explained(Throwable failure, Address listen) {
    String cause = String.valueOf(failure.getMessage());
    String sentence =
        cause.contains("in use")
            ? "trefoil.peer.port: port " + listen.port() + " is taken on " + listen.host()
            : "trefoil.peer.host, trefoil.peer.port: cannot listen on " + listen;
    var explained = new BindException(sentence + " (" + cause + ")");
    explained.initCause(failure);
    return explained;
  }

  Future<Void> close() {
    return Future.join(datagrams.close(), server.close()).mapEmpty();
  }
}
