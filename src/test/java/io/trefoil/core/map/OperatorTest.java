package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapNetwork.Site;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an operator can do about members and the council, from any node.
final class OperatorTest {

  @Test
  void aMemberThatIsToLeaveHandsOverWhatItHolds() {
    var network = network(4);
    network.site(4).command(new Command.Decommission(1, "node-2"));
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
    network.site(4).command(new Command.Decommission(1, "node-2"));
    network.run(10_000);
    network.site(3).command(new Command.Recommission(1, "node-2"));
    network.run(10_000);
    assertTrue(network.site(3).events.contains(new Event.OrderAnswered(1, Optional.empty())));
    var map = map(network.site(1));
    assertEquals(Standing.ACTIVE, map.member(network.site(2).id).orElseThrow().standing());
    assertTrue(map.replicaSets().stream().anyMatch(s -> s.contains(network.site(2).id)));
  }

  @Test
  void nobodyLeavesWhoIsNeededForThreeCopies() {
    var network = network(3);
    network.site(2).command(new Command.Decommission(7, "node-1"));
    network.run(2_000);
    var refusal = "without 'node-1' 2 members would be left to keep 3 copies";
    assertTrue(network.site(2).events.contains(new Event.OrderAnswered(7, Optional.of(refusal))));
  }

  @Test
  void anUnknownNameIsRefused() {
    var network = network(3);
    network.site(2).command(new Command.Decommission(7, "node-9"));
    network.run(2_000);
    var refusal = "no member is called 'node-9'";
    assertTrue(network.site(2).events.contains(new Event.OrderAnswered(7, Optional.of(refusal))));
  }

  @Test
  void withoutAStewardAnOrderIsGivenUp() {
    var network = network(3);
    network.site(2).crash();
    network.site(3).crash();
    network.site(1).command(new Command.Recommission(7, "node-2"));
    network.run(1_000);
    network.site(1).command(new Command.Decommission(8, "node-3"));
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
    survivor.command(new Command.ForceCouncil(5, ids(network, 2, 3)));
    network.run(60_000);
    assertTrue(survivor.events.contains(new Event.CouncilForced(1_001, List.of(survivor.id))));
    assertTrue(survivor.events.contains(new Event.OrderAnswered(5, Optional.empty())));
    assertTrue(survivor.node.orElseThrow().mayVote(network.now()));
    var map = map(survivor);
    assertTrue(map.replicaSets().stream().allMatch(s -> s.old().equals(List.of(survivor.id))));
    assertTrue(map.replicaSets().stream().allMatch(s -> s.forced() > 1_001));
    assertEquals(1_001, map.forced());
  }

  @Test
  void aCouncilThatHasItsMajorityIsNotForced() {
    var network = network(3);
    network.site(3).crash();
    network.run(2_000);
    assertRefused(
        network.site(1),
        ids(network, 3),
        "of the council of 3 only 1 are lost: it decides by itself");
  }

  @Test
  void aCouncilWhoseMembersMayBeBackAtOnceIsNotForced() {
    var network = network(3);
    network.site(2).down = Presence.AWAY;
    network.site(2).crash();
    network.site(3).crash();
    network.run(2_000);
    assertRefused(
        network.site(1),
        ids(network, 2, 3),
        "of the council of 3 only 1 are lost: it decides by itself");
  }

  @Test
  void aCouncilWhoseMajorityIsSilentForLongIsForcedThoughNobodyCallsItDead() {
    var network = network(3);
    network.site(2).down = Presence.AWAY;
    network.site(3).down = Presence.AWAY;
    network.site(2).crash();
    network.site(3).crash();
    network.run(Command.ForceCouncil.SILENCE.toMillis() + 1_000);
    network.site(1).command(new Command.ForceCouncil(5, ids(network, 2, 3)));
    network.run(1_000);
    assertTrue(network.site(1).events.contains(new Event.OrderAnswered(5, Optional.empty())));
    assertEquals(1_001, map(network.site(1)).epoch());
  }

  @Test
  void theOperatorNamesJustThoseThatAreLost() {
    var network = network(3);
    network.site(2).crash();
    network.site(3).crash();
    network.run(2_000);
    var sentence = "the members of the council that are lost are node-2, node-3, no others";
    assertRefused(
        network.site(1), ids(network, 2), sentence.replace("node-2, node-3", names(network)));
    assertRefused(
        network.site(1), ids(network, 1, 2, 3), sentence.replace("node-2, node-3", names(network)));
  }

  @Test
  void withoutAMapThereIsNothingToForce() {
    var network = new MapNetwork(3, 3, 0);
    network.site(1).start();
    assertRefused(network.site(1), List.of(), "there is no map to go on from");
  }

  private static void assertRefused(Site site, List<NodeId> givenUp, String sentence) {
    long epoch = site.node.orElseThrow().epoch();
    site.events.clear();
    site.command(new Command.ForceCouncil(9, givenUp));
    assertEquals(List.of(new Event.OrderAnswered(9, Optional.of(sentence))), site.events);
    assertEquals(epoch, site.node.orElseThrow().epoch());
  }

  private static List<NodeId> ids(MapNetwork network, int... sites) {
    return IntStream.of(sites).mapToObj(site -> network.site(site).id).toList();
  }

  /// The lost ones in the order in which the council has them.
  private static String names(MapNetwork network) {
    var map = map(network.site(1));
    return map.council().stream()
        .filter(id -> !id.equals(network.site(1).id))
        .map(id -> map.member(id).orElseThrow().name())
        .collect(Collectors.joining(", "));
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
