package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapMessage.Answered;
import io.trefoil.core.map.MapMessage.Order;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an operator asked for, kept by the steward.
final class WishesTest {

  private final Wishes wishes = new Wishes();
  private final ClusterMap four =
      new Founding(4, new Partitions(4), 3, 8)
          .found(7, IntStream.rangeClosed(1, 4).mapToObj(WishesTest::member).toList());

  @Test
  void aWishStaysUntilTheMapSaysSo() {
    assertEquals(Optional.empty(), wishes.heard(leave(1, 2), four));
    assertEquals(Map.of("node-2", Standing.LEAVING), wishes.byName());

    wishes.inForce(without(2));

    assertEquals(Map.of(), wishes.byName());
    assertEquals(
        Optional.of(new Answered(1, Optional.empty())), wishes.heard(leave(1, 2), without(2)));
  }

  @Test
  void twoWishesMakeRoomForEachOther() {
    wishes.heard(leave(1, 2), four);

    assertEquals(Optional.of(refused(2, 3)), wishes.heard(leave(2, 3), four));
  }

  /// Found by seed 500353 of turmoil: orders to two stewards left two members for three copies.
  @Test
  void aWishThatAnotherStewardsMapLeavesNoRoomForIsDropped() {
    wishes.heard(leave(1, 2), four);

    wishes.inForce(without(3));

    assertEquals(Map.of(), wishes.byName());
    assertEquals(Optional.of(refused(1, 2)), wishes.heard(leave(1, 2), without(3)));
  }

  private ClusterMap without(int leaver) {
    List<MapMember> members =
        four.members().stream()
            .map(m -> m.id().equals(member(leaver).id()) ? m.with(Standing.LEAVING) : m)
            .toList();
    return four.next(members, four.council(), four.replicaSets());
  }

  private static Order leave(long number, int node) {
    return new Order(number, "node-" + node, Standing.LEAVING);
  }

  private static Answered refused(long number, int node) {
    String why = "without 'node-" + node + "' 2 members would be left to keep 3 copies";
    return new Answered(number, Optional.of(why));
  }

  private static MapMember member(int node) {
    NodeId id = new NodeId(node);
    return MapMember.active(id, "node-" + node, "", 1, new Address("10.0.0." + node, 7400));
  }
}
