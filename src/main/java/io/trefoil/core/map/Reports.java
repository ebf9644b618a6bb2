package io.trefoil.core.map;

import io.trefoil.core.map.MapMessage.Report;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Stock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What the nodes reported last to this council member.
final class Reports {

  /// After so much silence a lower number is a node that started again, not a packet that was late.
  private static final Duration PACKET_LIFE = Duration.ofSeconds(2);

  private final TreeMap<NodeId, Heard> heard = new TreeMap<>();
  private long changes;

  private record Heard(
      Report report, long nanos, BitSet behind, BitSet open, BitSet surplus, BitSet damaged) {}

  /// Takes a report, unless a newer one overtook it.
  void take(NodeId from, Report report, long nanos) {
    var before = heard.get(from);
    if (before == null
        || report.number() > before.report.number()
        || nanos - before.nanos > PACKET_LIFE.toNanos()) {
      var progress = report.progress();
      boolean same = before != null && before.report.progress().equals(progress);
      changes += same ? 0 : 1;
      heard.put(
          from,
          new Heard(
              report,
              nanos,
              bits(progress.behind()),
              bits(progress.open()),
              bits(progress.surplus()),
              bits(progress.damaged())));
    }
  }

  /// Forgets nodes that are no members.
  void retain(ClusterMap map) {
    changes += heard.keySet().removeIf(node -> !map.contains(node)) ? 1 : 0;
  }

  /// Grows whenever a node says something else than before.
  long changes() {
    return changes;
  }

  /// What a node said last.
  Optional<Progress> of(NodeId node) {
    return Optional.ofNullable(heard.get(node)).map(known -> known.report.progress());
  }

  /// The number of a node's last report, which counts since it started; 0 before the first.
  long numberOf(NodeId node) {
    var known = heard.get(node);
    return known == null ? 0 : known.report.number();
  }

  /// What every node keeps, as it said last, in order of node id.
  List<Stock> stocks() {
    return heard.entrySet().stream()
        .map(known -> stock(known.getKey(), known.getValue().report.progress()))
        .toList();
  }

  private static Stock stock(NodeId node, Progress progress) {
    return new Stock(node, progress.keys(), progress.bytes());
  }

  /// Whether a node said, in this epoch or later, and does not deny, that its copy is complete.
  boolean isComplete(NodeId node, int partition, long epoch) {
    var known = heard.get(node);
    return known != null
        && known.report.progress().epoch() >= epoch
        && !known.behind.get(partition);
  }

  /// Who has a complete copy of a partition, of those that vote for it, in ring order.
  List<NodeId> complete(int partition, ClusterMap map) {
    var set = map.replicaSet(partition);
    return set.all().stream().filter(n -> isComplete(n, partition, set.epoch())).toList();
  }

  /// The same, and that its copy is known to be equal to the others'.
  boolean isSettled(NodeId node, int partition, long epoch) {
    return isComplete(node, partition, epoch) && !heard.get(node).open.get(partition);
  }

  /// Whether a node said, in this epoch or later, that its copy is damaged.
  boolean isDamaged(NodeId node, int partition, long epoch) {
    var known = heard.get(node);
    return known != null
        && known.report.progress().epoch() >= epoch
        && known.damaged.get(partition);
  }

  /// The partitions of which any node holds a copy that it need not have.
  BitSet surplus() {
    var surplus = new BitSet();
    heard.values().forEach(known -> surplus.or(known.surplus));
    return surplus;
  }

  private static BitSet bits(List<Integer> partitions) {
    var bits = new BitSet();
    partitions.forEach(bits::set);
    return bits;
  }
}
