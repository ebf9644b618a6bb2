package io.trefoil.runtime;

import io.trefoil.core.model.Address;
import io.trefoil.core.node.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Whether a node is ready for clients, and why not.
///
/// @param ready whether it is listed in a cluster map, holds the council's lease and has complete
///   copies; once so, only its own isolation, the loss of its lease or its end changes that
/// @param reason one sentence, also when ready
/// @param data facts behind the sentence, by name: `epoch`, `partitionsToCopy`, `bytesCopied`,
///   `bytesLeft` once that can be told, `lease`, `draining` once it is about to stop, and while not
///   ready `waitingFor`, seeds not heard from with commas between; values are strings, numbers or
///   booleans
public record Readiness(boolean ready, String reason, Map<String, Object> data) {

  /// What a node says of itself now. To be called on its loop.
  ///
  /// @param seeds what the seeds' names stand for; empty until they have been looked up
  static Readiness of(Node node, Optional<SeedResolver.Resolved> seeds) {
    boolean ready = node.isReady();
    List<String> unknown = seeds.map(SeedResolver.Resolved::unknown).orElse(List.of());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("epoch", node.maps().epoch());
    data.put("lease", node.mayVote());
    data.put("partitionsToCopy", (long) node.stabilizer().partitionsToCopy());
    data.put("bytesCopied", node.stabilizer().copiedBytes());
    bytesLeft(node).ifPresent(left -> data.put("bytesLeft", left));
    if (!ready) {
      data.put("waitingFor", join(node.maps().waitingFor()));
    }
    if (!ready && !unknown.isEmpty()) {
      data.put("unknownHosts", String.join(",", unknown));
    }
    String reason =
        ready
            ? "The node is ready, with cluster map " + node.maps().epoch() + "."
            : trouble(node, seeds.isPresent(), unknown);
    return new Readiness(ready, reason, data);
  }

  /// The same of a node that is about to stop, which is never ready.
  Readiness draining() {
    Map<String, Object> facts = new LinkedHashMap<>(data);
    facts.put("draining", true);
    return new Readiness(
        false, "The node is draining: it finishes what was asked of it, and stops.", facts);
  }

  private static OptionalLong bytesLeft(Node node) {
    long toCopy = node.stabilizer().partitionsToCopy();
    if (toCopy == 0) {
      return OptionalLong.of(0);
    }
    long voted =
        node.map().stream()
            .flatMap(map -> map.replicaSets().stream())
            .filter(set -> set.contains(node.id()))
            .count();
    return bytesLeft(toCopy, voted - toCopy, node.progress().bytes());
  }

  /// About how much is still to be copied: partitions are of much the same size, so what is here
  /// tells what is missing. Empty while nothing is here.
  ///
  /// @param toCopy how many partitions are missing
  /// @param here how many are not
  /// @param bytes what those have
  static OptionalLong bytesLeft(long toCopy, long here, long bytes) {
    return here > 0
        ? OptionalLong.of(Math.round((double) bytes / here * toCopy))
        : OptionalLong.empty();
  }

  private static String trouble(Node node, boolean resolved, List<String> unknown) {
    if (node.membership().isIsolated()) {
      return "The node is isolated: too few of its peers answer.";
    }
    if (node.map().isPresent()) {
      return unfinished(node);
    }
    if (!resolved) {
      return "The node looks up its seeds.";
    }
    if (!unknown.isEmpty()) {
      return "The node waits for the first cluster map; seeds with unknown names: "
          + String.join(", ", unknown)
          + ".";
    }
    return node.maps()
        .obstacle()
        .map(obstacle -> "No cluster can be founded: " + obstacle + ".")
        .orElseGet(() -> waiting(node.maps().waitingFor()));
  }

  private static String unfinished(Node node) {
    if (node.map().flatMap(map -> map.member(node.id())).isEmpty()) {
      return "The node waits to be taken into the cluster map.";
    }
    if (!node.mayVote()) {
      return "The node has no lease: it has not heard from a majority of the council of late.";
    }
    return "The node completes its copies: "
        + node.stabilizer().partitionsToCopy()
        + " partitions are left.";
  }

  private static String waiting(List<Address> silent) {
    String all = "The node waits for the first cluster map";
    return silent.isEmpty() ? all + "." : all + "; not heard from: " + join(silent) + ".";
  }

  private static String join(List<Address> addresses) {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(","));
  }
}
