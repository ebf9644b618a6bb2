package io.trefoil.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A cluster on this machine, before any of it runs. All nodes are seeds and listen on the loopback
/// address alone; HTTP ports follow each other, peer ports are ten apart.
///
/// @param size how many nodes, 1 to 20
/// @param folder where the nodes' folders and logs go
/// @param httpPort the first node's HTTP port
/// @param peerPort the first node's port for peers
/// @param settings further settings for every node, by their full names; these win
public record LocalPlan(
    int size, Path folder, int httpPort, int peerPort, Map<String, String> settings) {

  /// The address all nodes listen on.
  public static final String HOST = "127.0.0.1";

  /// The most nodes one machine is asked to carry.
  public static final int MAX_SIZE = 20;

  private static final int PEER_STEP = 10;
  private static final int MAX_PORT = 65_535;
  private static final String KEYS = "trefoil.peer.keys";

  /// Refuses what cannot be.
  ///
  /// @throws IllegalArgumentException with a sentence naming the option that is wrong
  public LocalPlan {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException("--nodes is " + size + "; 1 to " + MAX_SIZE);
    }
    checkPorts("--http-port", httpPort, 1, size);
    checkPorts("--peer-port", peerPort, PEER_STEP, size);
    if (settings.containsKey(KEYS)) {
      throw new IllegalArgumentException(
          KEYS
              + " is secret, and arguments are not; set the environment variable"
              + " TREFOIL_PEER_KEYS, which every node is given");
    }
  }

  /// The nodes, in order.
  public List<LocalNode> nodes() {
    List<LocalNode> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String name = "node-" + (i + 1);
      int http = httpPort + i;
      int peer = peerPort + i * PEER_STEP;
      Path log = folder.resolve(name + ".log");
      nodes.add(new LocalNode(name, http, peer, folder.resolve(name), log));
    }
    return nodes;
  }

  /// What one node is started with: names of settings and their values.
  public Map<String, String> settings(LocalNode node) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("trefoil.node.name", node.name());
    all.put("trefoil.node.data-dir", node.data().toString());
    all.put("trefoil.cluster.name", "local");
    all.put("trefoil.cluster.seeds", seeds());
    all.put("trefoil.peer.host", HOST);
    all.put("trefoil.peer.port", Integer.toString(node.peerPort()));
    all.put("quarkus.http.host", HOST);
    all.put("quarkus.http.port", Integer.toString(node.httpPort()));
    all.putAll(settings);
    return all;
  }

  private String seeds() {
    return nodes().stream().map(LocalNode::peer).collect(Collectors.joining(","));
  }

  private static void checkPorts(String option, int first, int step, int size) {
    int last = first + (size - 1) * step;
    if (first < 1 || last > MAX_PORT) {
      throw new IllegalArgumentException(
          option
              + " is "
              + first
              + "; with "
              + size
              + " nodes it must be 1 to "
              + (MAX_PORT - (size - 1) * step));
    }
  }
}
