package io.trefoil.cli.local;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Clusters of stand-in nodes on ports that are free just now.
public final class StandIns {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 31_000;
  private static final Random RANDOM = new Random();

  private StandIns() {}

  /// What starts a stand-in instead of a node.
  public static Program program() {
    try {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      Path classes =
          Path.of(StandInNode.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Program(
          List.of(java, "-Xshare:auto", "-cp", classes.toString(), StandInNode.class.getName()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A plan for so many nodes of one behaviour.
  public static LocalPlan plan(int size, Path folder, String behaviour) {
    Map<String, String> settings = Map.of("behaviour", behaviour);
    return new LocalPlan(size, folder, freePorts(size, 1), freePorts(size, 10), settings);
  }

  /// The first of some ports, so far apart, that nobody listens at: below those that systems hand
  /// out by themselves.
  public static int freePorts(int count, int step) {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int first = LOWEST + RANDOM.nextInt(HIGHEST - LOWEST - count * step);
      if (areFree(first, count, step)) {
        return first;
      }
    }
    throw new IllegalStateException("no free ports");
  }

  private static boolean areFree(int first, int count, int step) {
    for (int port = first; port < first + count * step; port += step) {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      try (ServerSocket tcp = new ServerSocket();
          DatagramSocket udp = new DatagramSocket(null)) {
        tcp.bind(address);
        udp.bind(address);
      } catch (IOException _) {
        return false;
      }
    }
    return true;
  }
}
