package io.trefoil.cli;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// A cluster of one in memory with few partitions, to run commands against.
public final class SmallNode implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "trefoil.node.name", "node-a",
        "trefoil.node.data-dir", "target/test-nodes/cli",
        "trefoil.cluster.name", "small",
        "trefoil.cluster.partitions", "256",
        "trefoil.operations-log", "false");
  }
}
