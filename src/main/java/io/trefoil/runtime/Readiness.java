package io.trefoil.runtime;

import io.trefoil.core.model.Address;
import io.trefoil.core.node.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Whether a node is ready for clients, and why not.
///
/// @param ready whether it knows a cluster map and reaches a majority of its members; once so, only
///   its own isolation or end changes that
/// @param reason one sentence, also when ready
/// @param data facts behind the sentence, by name: `epoch`, and while not ready `waitingFor`, seeds
///   not heard from with commas between; values are strings, numbers or booleans
public record Readiness(boolean ready, String reason, Map<String, Object> data) {

  /// What a node says of itself now. To be called on its loop.
  ///
  /// @param unknownHosts seeds whose names cannot be resolved
  static Readiness of(Node node, List<String> unknownHosts) {
    boolean ready = node.isReady();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("epoch", node.maps().epoch());
    if (!ready) {
      data.put("waitingFor", join(node.maps().waitingFor()));
    }
    if (!ready && !unknownHosts.isEmpty()) {
      data.put("unknownHosts", String.join(",", unknownHosts));
    }
    return new Readiness(ready, sentence(node, ready, unknownHosts), data);
  }

  private static String sentence(Node node, boolean ready, List<String> unknownHosts) {
    if (ready) {
      return "The node is ready, with cluster map " + node.maps().epoch() + ".";
    }
    if (node.membership().isIsolated()) {
      return "The node is isolated: too few of its peers answer.";
    }
    if (node.map().isPresent()) {
      return "The node waits to reach a majority of the members of its cluster map.";
    }
    if (node.maps().obstacle().isPresent() && unknownHosts.isEmpty()) {
      return "No cluster can be founded: " + node.maps().obstacle().get() + ".";
    }
    return waiting(node, unknownHosts);
  }

  private static String waiting(Node node, List<String> unknownHosts) {
    List<Address> silent = node.maps().waitingFor();
    String names =
        unknownHosts.isEmpty() ? "" : " Unknown hosts: " + String.join(", ", unknownHosts) + ".";
    return silent.isEmpty()
        ? "The node waits for the first cluster map." + names
        : "The node waits for the first cluster map; not heard from yet: "
            + join(silent)
            + "."
            + names;
  }

  private static String join(List<Address> addresses) {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(","));
  }
}
