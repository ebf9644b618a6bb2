package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.machine.Now;
import io.trefoil.core.map.MapMessage.Report;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the council makes out of the map, of who is there, and of what nodes report.
final class AuditorTest {

  private static final int PARTITIONS = 4;

  private final Neighbourhood seen = new Neighbourhood();
  private final Reports reports = new Reports();
  private final ClusterMap map =
      new Founding(3, new Partitions(PARTITIONS), 3, 8)
          .found(7, IntStream.rangeClosed(1, 3).mapToObj(AuditorTest::member).toList());

  AuditorTest() {
    for (int node = 1; node <= 3; node++) {
      seen.see(member(node), Presence.THERE, Duration.ZERO);
      report(node, List.of());
    }
  }

  @Test
  void allThereAndCompleteIsWhole() {
    assertEquals(new Summary(1, PARTITIONS, PARTITIONS, 0, 0, 0, 0), summary());
  }

  @Test
  void aMemberThatIsAwayLeavesAQuorum() {
    seen.see(member(3), Presence.DEAD, Duration.ZERO);
    assertEquals(new Summary(1, PARTITIONS, 0, 0, PARTITIONS, 0, 0), summary());
  }

  @Test
  void twoThatAreAwayLeaveNone() {
    seen.see(member(2), Presence.DEAD, Duration.ZERO);
    seen.see(member(3), Presence.AWAY, Duration.ZERO);
    assertEquals(new Summary(1, PARTITIONS, 0, 0, 0, PARTITIONS, 0), summary());
  }

  /// A voter whose copy is damaged does not vote: beside a dead one it is one too many.
  @Test
  void aDamagedCopyDoesNotCountTowardsAQuorum() {
    report(2, List.of(1));
    assertEquals(new Summary(1, PARTITIONS, PARTITIONS - 1, 0, 1, 0, 0), summary());
    seen.see(member(3), Presence.DEAD, Duration.ZERO);
    assertEquals(new Summary(1, PARTITIONS, 0, 0, PARTITIONS - 1, 1, 0), summary());
  }

  private Summary summary() {
    var now = new Now(0, 0);
    var roll = new RollCall().call(map, seen.sightings(now), now);
    return new Auditor(map, roll, reports, new Targets().of(map, map.members())).summary();
  }

  private void report(int node, List<Integer> damaged) {
    long number = reports.numberOf(new NodeId(node)) + 1;
    var progress = new Progress(1, damaged, List.of(), List.of(), damaged, 0, 0);
    reports.take(new NodeId(node), new Report(number, progress), 0);
  }

  private static MapMember member(int node) {
    NodeId id = new NodeId(node);
    return MapMember.active(id, "node-" + node, "", 1, new Address("10.0.0." + node, 7400));
  }
}
