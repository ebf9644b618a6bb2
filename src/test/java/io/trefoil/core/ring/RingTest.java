package io.trefoil.core.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RingTest {

  private static final Partitions PARTITIONS = new Partitions(256);

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "4, 5", "5, 8", "6, 13", "7, 60"})
  void oneTokenEachIsTheClassicRing(long seed, int nodes) {
    var servers = servers(seed, nodes);
    var ring = new Ring(servers, PARTITIONS, 1);
    for (int partition = 0; partition < PARTITIONS.count(); partition++) {
      long start = PARTITIONS.start(partition);
      // Clockwise distance from the start, which wraps around by itself.
      var successors =
          servers.stream()
              .map(Server::id)
              .sorted(Comparator.comparing(id -> Token.of(id, 0) - start, Long::compareUnsigned))
              .limit(3)
              .toList();
      assertEquals(successors, ring.replicas(partition, 3), "partition " + partition);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderInWhichServersAreListedDoesNotMatter(long seed) {
    var servers = servers(seed, 9, 3);
    var shuffled = new ArrayList<>(servers);
    Collections.shuffle(shuffled, new Random(seed));
    assertEquals(sets(servers, 3), sets(shuffled, 3));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2", "3, 3", "4, 3"})
  void aSetIsAsLargeAsTheClusterUpToTheCopiesWanted(int nodes, int expected) {
    for (var set : sets(servers(nodes, nodes), 3)) {
      assertEquals(expected, set.size());
      assertEquals(expected, new LinkedHashSet<>(set).size());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void copiesLieInThreeZonesWhereThereAreThree(long seed) {
    var servers = servers(seed, 10, 3);
    for (var set : sets(servers, 3)) {
      assertEquals(List.of(1L, 1L, 1L), perZone(servers, set));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void fiveCopiesInThreeZonesSurviveTheLossOfOne(long seed) {
    var servers = servers(seed, 12, 3);
    for (var set : sets(servers, 5)) {
      assertEquals(List.of(1L, 2L, 2L), perZone(servers, set));
    }
  }

  @Test
  void aZoneWithoutNodesLeftIsNotWaitedFor() {
    var servers = new ArrayList<>(servers(7, 4, 1));
    servers.add(new Server(new NodeId(77), "alone", 1));
    for (var set : sets(servers, 4)) {
      assertTrue(set.contains(new NodeId(77)), () -> set + " leaves out the second zone");
      assertEquals(4, set.size());
    }
  }

  @Test
  void theFirstNodeInItsZoneIsTakenInRingOrder() {
    var servers = servers(11, 12, 4);
    var zoned = new Ring(servers, PARTITIONS, 64);
    var all =
        new Ring(servers.stream().map(s -> inZone(s, s.id().toString())).toList(), PARTITIONS, 64);
    for (int partition = 0; partition < PARTITIONS.count(); partition++) {
      var expected = new ArrayList<NodeId>();
      var used = new LinkedHashSet<String>();
      for (var node : all.replicas(partition, servers.size())) {
        if (used.add(zoneOf(servers, node)) && expected.size() < 3) {
          expected.add(node);
        }
      }
      assertEquals(expected, zoned.replicas(partition, 3));
    }
  }

  @Test
  void wrongInputIsRefused() {
    var twice = List.of(new Server(new NodeId(1), "", 1), new Server(new NodeId(1), "", 1));
    var weightless = List.of(new Server(new NodeId(1), "", 0));
    assertThrows(Check.Broken.class, () -> new Ring(twice, PARTITIONS, 1));
    assertThrows(Check.Broken.class, () -> new Ring(weightless, PARTITIONS, 1));
    assertThrows(Check.Broken.class, () -> new Ring(List.of(), PARTITIONS, 0));
  }

  private static List<List<NodeId>> sets(List<Server> servers, int copies) {
    return new Ring(servers, PARTITIONS, 64).replicas(copies);
  }

  private static List<Long> perZone(List<Server> servers, List<NodeId> set) {
    return set.stream()
        .map(node -> zoneOf(servers, node))
        .distinct()
        .map(zone -> set.stream().filter(n -> zoneOf(servers, n).equals(zone)).count())
        .sorted()
        .toList();
  }

  private static String zoneOf(List<Server> servers, NodeId node) {
    return servers.stream().filter(s -> s.id().equals(node)).findFirst().orElseThrow().zone();
  }

  private static Server inZone(Server server, String zone) {
    return new Server(server.id(), zone, server.weight());
  }

  private static List<Server> servers(long seed, int nodes) {
    return servers(seed, nodes, 1);
  }

  private static List<Server> servers(long seed, int nodes, int zones) {
    var random = new Random(seed);
    var servers = new ArrayList<Server>();
    for (int i = 0; i < nodes; i++) {
      servers.add(new Server(new NodeId(random.nextLong()), "zone-" + i % zones, 1));
    }
    return servers;
  }
}
