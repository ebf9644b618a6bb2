package io.trefoil.cli.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/// A process that is started as a node is, and behaves as a test wants: the setting `behaviour` is
/// `ready`, `unready`, `dies`, or `hangs` (is ready, and does not end when asked to).
public final class StandInNode {

  private StandInNode() {}

  /// Runs until it is ended, unless it dies.
  public static void main(String... arguments) throws IOException, InterruptedException {
    String behaviour = setting("behaviour", arguments);
    System.out.println("stand-in " + setting("trefoil.node.name", arguments));
    if (behaviour.equals("dies")) {
      System.err.println("the disk is full");
      System.exit(7);
    }
    if (behaviour.equals("hangs")) {
      Runtime.getRuntime().addShutdownHook(new Thread(StandInNode::sleep));
    }
    int port = Integer.parseInt(setting("quarkus.http.port", arguments));
    serve(port, behaviour.equals("unready") ? 503 : 200);
    new CountDownLatch(1).await();
  }

  private static void serve(int port, int status) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  private static void sleep() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String setting(String name, String... arguments) {
    String prefix = "-D" + name + "=";
    return Arrays.stream(arguments)
        .filter(argument -> argument.startsWith(prefix))
        .findFirst()
        .map(argument -> argument.substring(prefix.length()))
        .orElseThrow();
  }
}
