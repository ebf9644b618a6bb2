package io.trefoil.runtime;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.runtime.ClusterView.PartitionCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Something that happened, in words and numbers for people and programs outside: what `GET
/// /v1/cluster/events` tells. docs/http.md lists the kinds and their facts.
///
/// @param kind what happened, in a word
/// @param facts about it, by name: texts, numbers, booleans, lists and maps of such; null for what
///   is not known
public record Bulletin(String kind, Map<String, Object> facts) {

  private static final String DRAINING = "draining";

  /// This process is about to stop; nothing follows.
  static Bulletin ofDraining() {
    return new Bulletin(DRAINING, Map.of());
  }

  /// Whether nothing follows.
  public boolean isLast() {
    return kind.equals(DRAINING);
  }

  /// How whole the cluster is.
  static Bulletin of(Stability stability) {
    PartitionCounts counts = stability.partitions();
    Map<String, Object> partitions = new LinkedHashMap<>();
    partitions.put("total", counts.total());
    partitions.put("fullyReplicated", counts.fullyReplicated());
    partitions.put("moving", counts.moving());
    partitions.put("underReplicated", counts.underReplicated());
    partitions.put("unavailable", counts.unavailable());
    partitions.put("forced", counts.forced());
    return new Bulletin(
        "stability",
        facts("epoch", stability.epoch(), "stable", stability.stable(), "partitions", partitions));
  }

  /// What a node announced; empty for what concerns nobody outside, or comes too often.
  static Optional<Bulletin> of(Event event) {
    return switch (event) {
      case Event.MemberChanged(NodeId node, String name, var before, MemberState state) ->
          told(
              "member",
              "name",
              name,
              "id",
              node.toString(),
              "before",
              label(before),
              "state",
              label(Optional.of(state)));
      case Event.Isolated(boolean isolated) -> told("isolated", "isolated", isolated);
      case Event.MapAdopted(long epoch) -> told("epoch", "epoch", epoch);
      case Event.LeaseHeld() -> told("lease", "held", true);
      case Event.LeaseLost() -> told("lease", "held", false);
      case Event.CouncilForced(long epoch, List<NodeId> council) ->
          told("council-forced", "epoch", epoch, "council", ids(council));
      case Event.CopyDamaged(int partition) -> told("damaged", "partition", partition);
      case Event.CopyFinished(int partition, long epoch, long bytes) ->
          told("copied", "partition", partition, "epoch", epoch, "bytes", bytes);
      case Event.ClockSkewed(long skewMillis) -> told("clock", "offsetMs", skewMillis);
      case Event.ReplicaServed _,
          Event.Step _,
          Event.PacketRejected _,
          Event.OrderAnswered _,
          Event.Surveyed _,
          Event.KeysListed _ ->
          Optional.empty();
    };
  }

  private static Optional<Bulletin> told(String kind, Object... facts) {
    return Optional.of(new Bulletin(kind, facts(facts)));
  }

  private static Map<String, Object> facts(Object... namesAndValues) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      facts.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return facts;
  }

  private static String label(Optional<MemberState> state) {
    return state.map(known -> known.name().toLowerCase(Locale.ROOT)).orElse(null);
  }

  private static List<String> ids(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::toString).toList();
  }
}
