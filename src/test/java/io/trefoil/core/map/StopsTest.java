package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.map.MapNetwork.Site;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Stock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which member may be stopped for a while, and what the steward tells of all.
final class StopsTest {

  private static final int PARTITIONS = 8;

  private final MapNetwork network = new MapNetwork(3, 3, 0);
  private long commands;

  @Test
  void oneOfThreeMayBeStopped() {
    begin();
    assertEquals(Optional.empty(), ask(2, "node-1"));
  }

  @Test
  void noSecondMemberIsLetGoBesideTheFirst() {
    begin();
    assertEquals(Optional.empty(), ask(2, "node-1"));
    assertEquals(
        "8 partitions would be left without a quorum of complete copies, the council would be left"
            + " without a majority; node-1 is away",
        ask(3, "node-2").orElseThrow());
    assertEquals(Optional.empty(), ask(3, "node-1"));
  }

  @Test
  void theNextIsLetGoOnceTheFirstIsBack() {
    begin();
    network.run(10_000);
    assertEquals(Optional.empty(), ask(2, "node-1"));
    network.site(1).down = Presence.AWAY;
    network.site(1).crash();
    network.run(1_000);
    assertTrue(ask(2, "node-3").isPresent());
    network.site(1).start();
    network.run(4_000);
    assertEquals(Optional.empty(), ask(2, "node-3"));
  }

  @Test
  void aStopThatDoesNotComeIsForgotten() {
    begin();
    assertEquals(Optional.empty(), ask(2, "node-1"));
    network.run(Stops.RESERVED.toMillis() - 2_000);
    assertTrue(ask(2, "node-3").isPresent());
    network.run(4_000);
    assertEquals(Optional.empty(), ask(2, "node-3"));
  }

  @Test
  void nobodyIsLetGoOnWhomACopyDepends() {
    begin();
    network.site(3).behind = List.of(2, 5);
    network.run(5_000);
    assertEquals(
        "2 partitions would be left without a quorum of complete copies; node-3 has copies to"
            + " complete",
        ask(2, "node-1").orElseThrow());
    assertEquals(Optional.empty(), ask(2, "node-3"));
  }

  @Test
  void anUnknownNameIsRefused() {
    begin();
    assertEquals(Optional.of("no member is called 'node-9'"), ask(1, "node-9"));
  }

  @Test
  void aMemberThatKeepsNothingMayAlwaysBeStopped() {
    var four = new MapNetwork(3, 4, 0);
    four.sites.forEach(Site::start);
    four.run(5_000);
    four.site(1).command(new Command.Decommission(1, "node-2"));
    four.run(10_000);
    four.site(3).down = Presence.AWAY;
    four.site(3).crash();
    four.run(1_000);
    four.site(4).events.clear();
    four.site(4).command(new Command.PrepareStop(9, "node-2"));
    four.run(1_000);
    assertTrue(four.site(4).events.contains(new Event.OrderAnswered(9, Optional.empty())));
  }

  @Test
  void aSurveyTellsWhatEveryNodeKeepsAndWhoIsComplete() {
    begin();
    IntStream.rangeClosed(1, 3).forEach(n -> network.site(n).keys = n);
    network.site(3).behind = List.of(2);
    network.run(5_000);
    var stocks =
        network.sites.stream()
            .map(site -> new Stock(site.id, site.keys, site.keys * 10))
            .sorted(Comparator.comparing(Stock::node))
            .toList();
    network.site(2).events.clear();
    network.site(2).command(new Command.Survey(7, 2));
    network.site(2).command(new Command.Survey(8, -1));
    network.site(2).command(new Command.Survey(9, PARTITIONS));
    network.run(1_000);
    var voters = network.site(2).map.orElseThrow().replicaSet(2).all();
    var complete = voters.stream().filter(id -> !id.equals(network.site(3).id)).toList();
    assertTrue(network.site(2).events.contains(new Event.Surveyed(7, stocks, complete)));
    assertTrue(network.site(2).events.contains(surveyed(8, stocks)));
    assertTrue(network.site(2).events.contains(surveyed(9, stocks)));
  }

  private static Event surveyed(long number, List<Stock> stocks) {
    return new Event.Surveyed(number, stocks, List.<NodeId>of());
  }

  private void begin() {
    network.sites.forEach(Site::start);
    network.run(5_000);
  }

  /// Asks by way of a node whether a member may be stopped.
  private Optional<String> ask(int site, String name) {
    var asked = network.site(site);
    asked.events.clear();
    asked.command(new Command.PrepareStop(++commands, name));
    network.run(1_000);
    return asked.events.stream()
        .filter(Event.OrderAnswered.class::isInstance)
        .map(Event.OrderAnswered.class::cast)
        .findFirst()
        .orElseThrow()
        .refusal();
  }
}
