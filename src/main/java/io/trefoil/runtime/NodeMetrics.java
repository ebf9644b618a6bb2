package io.trefoil.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.trefoil.core.machine.Event;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import io.trefoil.core.node.Node;
import io.trefoil.runtime.ClusterView.PartitionCounts;
import io.trefoil.transport.TransportStats;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Line;
import io.trefoil.transport.TransportStats.Path;
import io.trefoil.transport.TransportStats.Protocol;
import io.trefoil.transport.TransportStats.Subject;
import io.trefoil.transport.TransportStats.Traffic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Counts and times what one node does. Names as Prometheus shows them:
///
/// | name | what |
/// | --- | --- |
/// | `trefoil_operations_seconds{op,outcome}` | operations coordinated here |
/// | `trefoil_outcome_unknown_total` | those whose outcome nobody can tell |
/// | `trefoil_members{state}` | what membership holds of how many, this node included |
/// | `trefoil_map_epoch` | 0 without a map |
/// | `trefoil_partitions{state}` | how many fare how, as in `/v1/cluster`; moving and forced ones
///   are counted beside |
/// | `trefoil_stable` | 1 when every partition is whole, else 0 |
/// | `trefoil_copy_bytes_total` | copied here from other nodes |
/// | `trefoil_pending_keys` | written here, and not known to be on all voters yet |
/// | `trefoil_forced_recoveries_total{kind}` | see [Recoveries] |
/// | `trefoil_partitions_damaged` | whose copy here is damaged, so that this node does not vote |
/// | `trefoil_suspicions_total` | members that came under suspicion |
/// | `trefoil_local_health` | how little this node trusts itself, 0 is well |
/// | `trefoil_clock_offset_ms` | its clock minus what most peers say |
/// | `trefoil_packets_total{dir,kind}`, `trefoil_packet_bytes_total{dir,kind}` | by socket |
/// | `trefoil_messages_total{dir,protocol}` | what the packets held |
/// | `trefoil_packets_rejected_total{reason}` | left unread |
/// | `trefoil_storage_commit_seconds`, `trefoil_storage_commit_writes` | groups of writes |
final class NodeMetrics implements Watcher {

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5)
  };

  private static final List<String> PARTITION_STATES =
      List.of("fully_replicated", "moving", "under_replicated", "unavailable", "forced");

  private final MeterRegistry registry;
  private final Supplier<TransportStats> stats;
  private final Map<String, Timer> operations = new HashMap<>();
  private final Map<MemberState, AtomicLong> members = new EnumMap<>(MemberState.class);
  private final AtomicLong epoch = new AtomicLong();
  private final AtomicLong damaged = new AtomicLong();
  private final AtomicLong stable = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong copied = new AtomicLong();
  private final Map<String, AtomicLong> partitions = new HashMap<>();
  private final AtomicLong localHealth = new AtomicLong();
  private final AtomicLong clockOffset = new AtomicLong();
  private final Counter unknown;
  private final Counter suspicions;
  private final Timer commits;
  private final DistributionSummary commitWrites;

  /// Registers all that is known to be counted.
  ///
  /// @param stats what the transport has done so far; asked on any thread
  NodeMetrics(MeterRegistry registry, Supplier<TransportStats> stats) {
    this.registry = registry;
    this.stats = stats;
    this.unknown = registry.counter("trefoil.outcome.unknown");
    this.suspicions = registry.counter("trefoil.suspicions");
    this.commits = timer("trefoil.storage.commit", Tags.empty());
    this.commitWrites = registry.summary("trefoil.storage.commit.writes");
    gauge("trefoil.map.epoch", Tags.empty(), epoch);
    gauge("trefoil.partitions.damaged", Tags.empty(), damaged);
    gauge("trefoil.stable", Tags.empty(), stable);
    gauge("trefoil.pending.keys", Tags.empty(), pending);
    for (String state : PARTITION_STATES) {
      partitions.put(state, new AtomicLong());
      gauge("trefoil.partitions", Tags.of("state", state), partitions.get(state));
    }
    FunctionCounter.builder("trefoil.copy.bytes", this, me -> me.copied.get()).register(registry);
    gauge("trefoil.local.health", Tags.empty(), localHealth);
    gauge("trefoil.clock.offset.ms", Tags.empty(), clockOffset);
    for (MemberState state : MemberState.values()) {
      members.put(state, new AtomicLong());
      gauge("trefoil.members", Tags.of("state", label(state)), members.get(state));
    }
    for (Direction way : Direction.values()) {
      countTraffic(way);
    }
  }

  /// Takes over how a node is now. On its loop.
  ///
  /// @param stability how whole the cluster is, as far as the node knows
  void observe(Node node, Stability stability) {
    epoch.set(node.maps().epoch());
    damaged.set(node.registers().damaged().size());
    copied.set(node.stabilizer().copiedBytes());
    pending.set(node.registers().pendingKeys());
    observe(stability);
    localHealth.set(node.membership().localHealth());
    Map<MemberState, Long> counts = new EnumMap<>(MemberState.class);
    for (Claim claim : node.membership().members()) {
      counts.merge(claim.state(), 1L, Long::sum);
    }
    members.forEach((state, gauge) -> gauge.set(counts.getOrDefault(state, 0L)));
  }

  private void observe(Stability stability) {
    PartitionCounts counts = stability.partitions();
    partitions.get("fully_replicated").set(counts.fullyReplicated());
    partitions.get("moving").set(counts.moving());
    partitions.get("under_replicated").set(counts.underReplicated());
    partitions.get("unavailable").set(counts.unavailable());
    partitions.get("forced").set(counts.forced());
    stable.set(stability.stable() ? 1 : 0);
  }

  @Override
  public void ended(long number, Request request, Outcome outcome, long nanos) {
    String op = request.operation().kind().label();
    String result = OperationLog.label(outcome);
    operations
        .computeIfAbsent(
            op + result, _ -> timer("trefoil.operations", Tags.of("op", op, "outcome", result)))
        .record(nanos, TimeUnit.NANOSECONDS);
    if (outcome instanceof Outcome.Unknown) {
      unknown.increment();
    }
  }

  @Override
  public void happened(Event event) {
    switch (event) {
      case Event.PacketRejected(String reason) ->
          registry.counter("trefoil.packets.rejected", "reason", reason).increment();
      case Event.ClockSkewed(long skewMillis) -> clockOffset.set(skewMillis);
      case Event.MemberChanged(_, _, _, MemberState state) ->
          suspicions.increment(state == MemberState.SUSPECT ? 1 : 0);
      case Event.MapAdopted _,
          Event.Isolated _,
          Event.ReplicaServed _,
          Event.Step _,
          Event.CopyDamaged _,
          Event.CopyFinished _,
          Event.LeaseHeld _,
          Event.LeaseLost _,
          Event.OrderAnswered _,
          Event.Surveyed _,
          Event.KeysListed _,
          Event.CouncilForced _ -> {
        // Observed with the pulse, or nothing to count.
      }
    }
  }

  @Override
  public void committed(int writes, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    commitWrites.record(writes);
  }

  private void countTraffic(Direction way) {
    for (Path path : Path.values()) {
      Tags tags = Tags.of("dir", label(way), "kind", label(path));
      Line line = new Line(way, path);
      Traffic none = new Traffic(0, 0);
      count("trefoil.packets", tags, s -> s.traffic().getOrDefault(line, none).packets());
      count("trefoil.packet.bytes", tags, s -> s.traffic().getOrDefault(line, none).bytes());
    }
    for (Protocol protocol : Protocol.values()) {
      Tags tags = Tags.of("dir", label(way), "protocol", label(protocol));
      Subject subject = new Subject(way, protocol);
      count("trefoil.messages", tags, s -> s.messages().getOrDefault(subject, 0L));
    }
  }

  /// The registry holds what it asks weakly, so that is this object and not a passing one.
  private void count(String name, Tags tags, ToDoubleFunction<TransportStats> number) {
    FunctionCounter.builder(name, this, me -> number.applyAsDouble(me.stats.get()))
        .tags(tags)
        .register(registry);
  }

  private void gauge(String name, Tags tags, AtomicLong number) {
    Gauge.builder(name, number, AtomicLong::get).tags(tags).register(registry);
  }

  private Timer timer(String name, Tags tags) {
    return Timer.builder(name).tags(tags).serviceLevelObjectives(BUCKETS).register(registry);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
