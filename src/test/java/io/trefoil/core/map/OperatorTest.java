package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Event;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapNetwork.Site;
import io.trefoil.core.model.NodeId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an operator can do about members and the council, from any node.
final class OperatorTest {

  @Test
  void aMemberThatIsToLeaveHandsOverWhatItHolds() {
    var network = network(4);
    network.site(4).order(1, "node-2", Standing.LEAVING);
    network.run(10_000);
    assertTrue(network.site(4).events.contains(new Event.OrderAnswered(1, Optional.empty())));
    var map = map(network.site(1));
    assertEquals(Standing.LEAVING, map.member(network.site(2).id).orElseThrow().standing());
    assertTrue(map.replicaSets().stream().noneMatch(s -> s.contains(network.site(2).id)));
    assertFalse(map.council().contains(network.site(2).id));
  }

  @Test
  void itMayStayAfterAll() {
    var network = network(4);
    network.site(4).order(1, "node-2", Standing.LEAVING);
    network.run(10_000);
    network.site(3).order(1, "node-2", Standing.ACTIVE);
    network.run(10_000);
    assertTrue(network.site(3).events.contains(new Event.OrderAnswered(1, Optional.empty())));
    var map = map(network.site(1));
    assertEquals(Standing.ACTIVE, map.member(network.site(2).id).orElseThrow().standing());
    assertTrue(map.replicaSets().stream().anyMatch(s -> s.contains(network.site(2).id)));
  }

  @Test
  void nobodyLeavesWhoIsNeededForThreeCopies() {
    var network = network(3);
    network.site(2).order(7, "node-1", Standing.LEAVING);
    network.run(2_000);
    var refusal = "without 'node-1' 2 members would be left to keep 3 copies";
    assertTrue(network.site(2).events.contains(new Event.OrderAnswered(7, Optional.of(refusal))));
  }

  @Test
  void anUnknownNameIsRefused() {
    var network = network(3);
    network.site(2).order(7, "node-9", Standing.LEAVING);
    network.run(2_000);
    var refusal = "no member is called 'node-9'";
    assertTrue(network.site(2).events.contains(new Event.OrderAnswered(7, Optional.of(refusal))));
  }

  @Test
  void withoutAStewardAnOrderIsGivenUp() {
    var network = network(3);
    network.site(2).crash();
    network.site(3).crash();
    network.site(1).order(7, "node-2", Standing.ACTIVE);
    network.run(1_000);
    network.site(1).order(8, "node-3", Standing.LEAVING);
    network.run(40_000);
    var answers =
        network.site(1).events.stream().filter(Event.OrderAnswered.class::isInstance).toList();
    assertEquals(2, answers.size());
  }

  @Test
  void aCouncilThatLostItsMajorityForGoodIsForced() {
    var network = network(3);
    network.site(2).crash();
    network.site(3).crash();
    network.run(60_000);
    var survivor = network.site(1);
    assertEquals(1, map(survivor).epoch());
    assertFalse(survivor.node.orElseThrow().mayVote(network.now()));
    survivor.forceCouncil(List.of(survivor.id));
    network.run(60_000);
    assertTrue(survivor.events.contains(new Event.CouncilForced(1_001, List.of(survivor.id))));
    assertTrue(survivor.node.orElseThrow().mayVote(network.now()));
    var map = map(survivor);
    assertTrue(map.replicaSets().stream().allMatch(s -> s.old().equals(List.of(survivor.id))));
    assertTrue(map.replicaSets().stream().allMatch(s -> s.forced() > 1_001));
  }

  @Test
  void onlyMembersCanBeForcedOntoTheCouncil() {
    var network = network(1);
    var site = network.site(1);
    assertThrows(IllegalArgumentException.class, () -> site.forceCouncil(List.of()));
    var strange = List.of(new NodeId(99));
    assertThrows(IllegalArgumentException.class, () -> site.forceCouncil(strange));
  }

  private static MapNetwork network(int seeds) {
    var network = new MapNetwork(3, seeds, 0);
    network.sites.forEach(Site::start);
    network.run(5_000);
    return network;
  }

  private static ClusterMap map(Site site) {
    return site.node.flatMap(MapKeeper::map).orElseThrow();
  }
}
