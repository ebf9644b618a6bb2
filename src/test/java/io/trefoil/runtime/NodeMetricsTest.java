package io.trefoil.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import io.trefoil.transport.TransportStats;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Line;
import io.trefoil.transport.TransportStats.Path;
import io.trefoil.transport.TransportStats.Protocol;
import io.trefoil.transport.TransportStats.Subject;
import io.trefoil.transport.TransportStats.Traffic;
import java.lang.ref.Reference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {

  private static final Request READ =
      Request.of(new Operation.Get(new Key("apple"), Consistency.LINEARIZABLE));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /// The registry keeps what it asks by weak references.
  @Test
  void trafficIsStillCountedAfterACollection() {
    TransportStats stats =
        new TransportStats(
            Map.of(new Line(Direction.IN, Path.DATAGRAM), new Traffic(3, 1_000)),
            Map.of(new Subject(Direction.OUT, Protocol.MAP), 4L),
            Map.of(),
            Map.of(),
            0);
    NodeMetrics metrics = new NodeMetrics(registry, () -> stats);
    System.gc();

    assertEquals(3, count("trefoil.packets", "dir", "in", "kind", "datagram"));
    assertEquals(1_000, count("trefoil.packet.bytes", "dir", "in", "kind", "datagram"));
    assertEquals(0, count("trefoil.packets", "dir", "out", "kind", "stream"));
    assertEquals(4, count("trefoil.messages", "dir", "out", "protocol", "map"));
    Reference.reachabilityFence(metrics);
  }

  @Test
  void operationsAreTimedByKindAndOutcome() {
    NodeMetrics metrics = metrics();
    metrics.ended(1, READ, new Outcome.Found(Optional.empty()), 2_000_000);
    metrics.ended(1, READ, new Outcome.Found(Optional.empty()), 4_000_000);
    metrics.ended(1, READ, new Outcome.Unknown(new Outcome.Reason.Forgotten()), 1);

    var fails = registry.get("trefoil.operations").tags("op", "read", "outcome", "fail").timer();
    assertEquals(2, fails.count());
    assertEquals(6, fails.totalTime(TimeUnit.MILLISECONDS), 1e-9);
    assertEquals(1, registry.get("trefoil.outcome.unknown").counter().count());
  }

  @Test
  void factsAreCountedAsTheyAreAnnounced() {
    NodeMetrics metrics = metrics();
    metrics.happened(new Event.PacketRejected("malformed"));
    metrics.happened(new Event.ClockSkewed(-40));
    metrics.happened(
        new Event.MemberChanged(
            new NodeId(1), "a", Optional.of(MemberState.ALIVE), MemberState.SUSPECT));
    metrics.happened(
        new Event.MemberChanged(
            new NodeId(1), "a", Optional.of(MemberState.SUSPECT), MemberState.ALIVE));
    metrics.committed(5, 1_000);

    assertEquals(1, count("trefoil.packets.rejected", "reason", "malformed"));
    assertEquals(-40, registry.get("trefoil.clock.offset.ms").gauge().value());
    assertEquals(1, count("trefoil.suspicions"));
    assertEquals(5, registry.get("trefoil.storage.commit.writes").summary().totalAmount());
    assertEquals(1, registry.get("trefoil.storage.commit").timer().count());
  }

  private NodeMetrics metrics() {
    TransportStats none = new TransportStats(Map.of(), Map.of(), Map.of(), Map.of(), 0);
    return new NodeMetrics(registry, () -> none);
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
  }
}
