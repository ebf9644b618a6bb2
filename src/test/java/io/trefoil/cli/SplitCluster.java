package io.trefoil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A cluster of packaged processes, each in a network namespace of its own.
final class SplitCluster implements AutoCloseable {

  private static final int HTTP = 8080;
  private static final int PEER = 7400;

  private final List<String> zones;
  private final Path folder;
  private final SplitNetwork network;
  private final List<Process> processes = new ArrayList<>();

  private SplitCluster(List<String> zones, Path folder) {
    this.zones = zones;
    this.folder = folder;
    this.network = new SplitNetwork(zones.size());
  }

  /// Starts it, without waiting until it is ready.
  ///
  /// @param zones the zone of each node
  /// @param settings for every node, each as `name=value`
  static SplitCluster start(List<String> zones, Path folder, String... settings)
      throws IOException {
    SplitCluster cluster = new SplitCluster(zones, folder);
    try {
      for (int node = 1; node <= zones.size(); node++) {
        cluster.launch(node, settings);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /// What lies between the nodes.
  SplitNetwork network() {
    return network;
  }

  /// The endpoints of some nodes, as the command line takes them.
  ///
  /// @param nodes their numbers, from 1
  String endpoints(List<Integer> nodes) {
    return nodes.stream()
        .map(node -> network.address(node) + ":" + HTTP)
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    network.close();
  }

  private void launch(int node, String... settings) throws IOException {
    String name = "node-" + node;
    String address = network.address(node);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--name=" + name,
                "--http-port=" + HTTP,
                "--peer-port=" + PEER,
                "--seeds=" + seeds(),
                "--data=" + folder.resolve(name),
                "--stop-with=" + ProcessHandle.current().pid(),
                "-Dquarkus.http.host=" + address,
                "-Dtrefoil.peer.host=" + address,
                "-Dtrefoil.node.zone=" + zones.get(node - 1)));
    List.of(settings).forEach(setting -> arguments.add("-D" + setting));
    Path log = folder.resolve(name + ".log");
    processes.add(Packaged.startNode(network.inside(node), log, arguments));
  }

  private String seeds() {
    return IntStream.rangeClosed(1, zones.size())
        .mapToObj(node -> network.address(node) + ":" + PEER)
        .collect(Collectors.joining(","));
  }
}
