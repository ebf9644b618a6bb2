package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Balance and movement, as an operator is told before members change.
final class PreviewTest {

  @ParameterizedTest
  @CsvSource({
    // nodes, partitions, worst peak to mean
    "3, 4096, 1.05",
    "5, 4096, 1.06",
    "10, 4096, 1.07",
    "30, 4096, 1.10",
    "100, 16384, 1.12"
  })
  void aJoinMovesTheNewcomersShareAndLittleElse(int nodes, int partitions, double worst) {
    var members = members(nodes + 1);
    var map = map(members.subList(0, nodes), partitions);
    var join = Preview.join(map, members.getLast());
    var leaver = members.getFirst().id();
    var leave = Preview.leave(map, leaver);
    double ideal = join.total() / (nodes + 1.0);
    System.out.printf(
        "%3d nodes: join moves %.2f of the ideal, peak to mean %.3f; leave moves %d of %d%n",
        nodes, join.copies() / ideal, join.peakToMean(), leave.copies(), leave.total());
    assertTrue(join.copies() >= 0.9 * ideal && join.copies() <= 1.15 * ideal);
    assertTrue(join.peakToMean() <= worst, () -> "peak to mean " + join.peakToMean());
    assertEquals(join.copies(), join.shares().stream().mapToInt(s -> gain(s)).sum());
    int kept =
        leave.shares().stream()
            .filter(share -> share.member().id().equals(leaver))
            .mapToInt(Preview.Share::before)
            .sum();
    assertEquals(nodes > 3 ? kept : 0, leave.copies());
  }

  @Test
  void aLeaverOfThreeLeavesTwoCopiesAndNothingToMove() {
    var members = members(3);
    var leave = Preview.leave(map(members, 64), members.getFirst().id());
    assertEquals(0, leave.copies());
    assertEquals(128, leave.total());
  }

  private static int gain(Preview.Share share) {
    return Math.max(0, share.after() - share.before());
  }

  private static ClusterMap map(List<MapMember> members, int partitions) {
    return new Founding(members.size(), new Partitions(partitions), 3, 1_024).found(1, members);
  }

  private static List<MapMember> members(int count) {
    var random = new SplittableRandom(7);
    var members = new ArrayList<MapMember>();
    for (int n = 1; n <= count; n++) {
      var address = new Address("10.0.0." + n, 7400);
      members.add(MapMember.active(new NodeId(random.nextLong()), "node-" + n, "", 1, address));
    }
    return members;
  }
}
