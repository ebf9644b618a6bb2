package io.trefoil.cli.local;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Looks whether the ports of a plan are free, before anything is started.
public final class PortCheck {

  private PortCheck() {}

  /// Binds each port for a moment.
  ///
  /// @throws RefusedException naming the first port that is taken, and for what it was wanted
  public static void check(LocalPlan plan) {
    for (LocalNode node : plan.nodes()) {
      if (!tcpIsFree(node.httpPort())) {
        throw taken(node.httpPort(), "HTTP of " + node.name(), "--http-port");
      }
      if (!tcpIsFree(node.peerPort()) || !udpIsFree(node.peerPort())) {
        throw taken(node.peerPort(), "peers of " + node.name(), "--peer-port");
      }
    }
  }

  private static RefusedException taken(int port, String use, String option) {
    return new RefusedException(
        "port "
            + port
            + ", wanted for the "
            + use
            + ", is taken by another program; choose others with "
            + option);
  }

  private static boolean tcpIsFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean udpIsFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.bind(new InetSocketAddress(host(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static InetAddress host() {
    return InetAddress.ofLiteral(LocalPlan.HOST);
  }
}
