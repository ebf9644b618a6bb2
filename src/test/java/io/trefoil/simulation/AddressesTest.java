package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nodes that come back with their disks at other addresses, as pods do: no data moves, nothing is
/// lost, and the map says where they are now.
class AddressesTest {

  private static final Key KEY = new Key("key");
  private static final Duration SOON = Duration.ofSeconds(30);

  static List<Long> seeds() {
    return Seeds.some(5).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void twoNodesThatSwapTheirAddressesAreThemselvesAtThem(long seed) {
    assertNothingMovesBut(seed, new Fault.Swap(1, 3));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNodeThatComesBackWhereNobodyWasIsFoundThere(long seed) {
    assertNothingMovesBut(seed, new Fault.Move(2));
  }

  private static void assertNothingMovesBut(long seed, Fault fault) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 5));
    assertInstanceOf(
        Outcome.Done.class, cluster.ask(0, Cluster.put(KEY, "a", new Condition.Always())));
    List<ReplicaSet> before = cluster.node(0).map().orElseThrow().replicaSets();

    cluster.world.apply(fault);
    cluster.await(SOON, "everybody sees all where they are", () -> isKnownToAll(cluster));

    assertEquals(before, cluster.node(0).map().orElseThrow().replicaSets());
    for (int host = 0; host < 5; host++) {
      Outcome read = cluster.ask(host, Cluster.get(KEY));
      assertEquals(Optional.of(Cluster.value("a")), Cluster.found(read));
    }
    cluster.assertClean();
  }

  private static boolean isKnownToAll(Cluster cluster) {
    return cluster.world.hosts().stream()
        .allMatch(
            viewer -> cluster.world.hosts().stream().allMatch(h -> isKnown(cluster, viewer, h)));
  }

  private static boolean isKnown(Cluster cluster, Host viewer, Host whom) {
    var node = cluster.node(viewer.number());
    boolean seen =
        node.membership()
            .claimOf(whom.id())
            .filter(claim -> claim.state() == MemberState.ALIVE)
            .filter(claim -> claim.profile().address().equals(whom.address()))
            .isPresent();
    return seen
        && node.isReady()
        && node.map()
            .flatMap(map -> map.member(whom.id()))
            .map(MapMember::address)
            .filter(whom.address()::equals)
            .isPresent();
  }
}
