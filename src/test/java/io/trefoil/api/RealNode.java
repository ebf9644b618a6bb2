package io.trefoil.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// Runs the HTTP layer in front of a real node, a cluster of one in memory.
public final class RealNode implements QuarkusTestProfile {

  /// A node that gets in nobody's way: a free port, no disk, a folder under `target`.
  static final Map<String, String> SETTINGS =
      Map.of(
          "trefoil.node.name", "node-a",
          "trefoil.node.data-dir", "target/test-nodes/api",
          "trefoil.peer.host", "127.0.0.1",
          "trefoil.peer.port", "0",
          "trefoil.storage.engine", "memory");

  @Override
  public Map<String, String> getConfigOverrides() {
    return SETTINGS;
  }
}
