package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input.Told;
import io.trefoil.core.machine.News;
import io.trefoil.core.map.MapMessage.Unmapped;
import io.trefoil.core.map.MapNetwork.Packet;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Peer;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GenesisTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7})
  void theSeedsFoundOneClusterWithoutWaiting(int seeds) {
    var network = new MapNetwork(seeds, seeds, 0);
    network.sites.forEach(MapNetwork.Site::start);
    network.settle();
    assertEquals(1, network.clusters.size());
    for (var site : network.sites) {
      assertEquals(site.map, site.node.orElseThrow().map());
      assertEquals(new Event.MapAdopted(1), site.events.getFirst());
    }
    var map = network.site(1).map.orElseThrow();
    var ids = network.sites.stream().map(site -> site.id).sorted().toList();
    assertEquals(ids, map.members().stream().map(MapMember::id).toList());
    assertEquals(ids.stream().limit(seeds == 2 ? 1 : 5).toList(), map.council());
    assertTrue(map.isSound());
    assertTrue(map.replicaSets().stream().allMatch(ReplicaSet::isStable));
    assertTrue(map.replicaSets().stream().allMatch(set -> set.epoch() == 1));
    assertTrue(map.replicaSets().stream().allMatch(s -> s.old().size() == Math.min(3, seeds)));
  }

  @Test
  void theOrderOfStartDoesNotMatter() {
    var network = new MapNetwork(5, 3, 0);
    for (int number : List.of(3, 2, 1)) {
      network.site(number).start();
      network.run(1_000);
    }
    network.run(5_000);
    assertTrue(network.sites.stream().allMatch(site -> site.map.isPresent()));
    assertEquals(1, network.clusters.size());
  }

  @Test
  void withASeedMissingNothingIsFoundedAndTheOthersSayWhomTheyWaitFor() {
    var network = new MapNetwork(1, 3, 0);
    network.site(1).start();
    network.site(2).start();
    network.run(60_000);
    var missing = List.of(network.site(3).address);
    assertEquals(missing, network.site(1).node.orElseThrow().waitingFor());
    assertEquals(missing, network.site(2).node.orElseThrow().waitingFor());
    assertTrue(network.clusters.isEmpty());
    network.site(3).start();
    network.run(1_000);
    assertTrue(network.sites.stream().allMatch(site -> site.map.isPresent()));
    assertEquals(List.of(), network.site(1).node.orElseThrow().waitingFor());
  }

  @Test
  void aSeedThatFallsSilentIsWaitedForAgain() {
    var network = new MapNetwork(1, 4, 0);
    List.of(1, 2, 3).forEach(number -> network.site(number).start());
    network.run(3_000);
    assertEquals(List.of(network.site(4).address), network.site(1).node.orElseThrow().waitingFor());
    network.site(3).crash();
    network.run(3_000);
    assertEquals(
        List.of(network.site(3).address, network.site(4).address),
        network.site(1).node.orElseThrow().waitingFor());
  }

  @Test
  void waitingWritesNothingToDisk() {
    var network = new MapNetwork(1, 3, 0);
    network.site(1).start();
    network.site(2).start();
    network.run(10_000);
    var before = List.of(network.site(1).votes, network.site(2).votes);
    network.run(60_000);
    assertEquals(before, List.of(network.site(1).votes, network.site(2).votes));
  }

  @Test
  void whenTheLeadingSeedDiesAnotherTakesOver() {
    var network = new MapNetwork(1, 3, 0);
    network.site(1).start();
    network.site(2).start();
    network.run(2_000);
    network.site(1).crash();
    network.site(3).start();
    network.run(5_000);
    assertNotEquals(network.site(1).id, network.site(3).votes.genesis().promised().node());
    network.site(1).start();
    network.run(5_000);
    assertTrue(network.sites.stream().allMatch(site -> site.map.isPresent()));
    assertEquals(1, network.clusters.size());
  }

  @Test
  void othersThanSeedsFetchTheMapAndAreTakenIn() {
    var network = new MapNetwork(1, 3, 4);
    network.sites.reversed().forEach(MapNetwork.Site::start);
    network.run(10_000);
    for (var site : network.sites) {
      assertEquals(network.site(1).map, site.node.orElseThrow().map());
    }
    var map = network.site(7).map.orElseThrow();
    assertEquals(7, map.members().size());
    assertEquals(5, map.council().size());
  }

  @Test
  void aNodeThatIsNoSeedFoundsNothing() {
    var network = new MapNetwork(1, 1, 1);
    network.site(2).start();
    network.run(60_000);
    assertTrue(network.clusters.isEmpty());
    assertEquals(List.of(network.site(1).address), network.site(2).node.orElseThrow().waitingFor());
  }

  @Test
  void twoSeedsWithLostDisksFoundNoSecondClusterWhileTheThirdIsAway() {
    var network = new MapNetwork(1, 3, 0);
    network.sites.forEach(MapNetwork.Site::start);
    network.settle();
    network.site(3).crash();
    for (int number : List.of(1, 2)) {
      network.site(number).loseDisk();
      network.site(number).start();
    }
    network.run(60_000);
    assertEquals(Optional.empty(), network.site(1).map);
    assertEquals(Optional.empty(), network.site(2).map);
    network.site(3).start();
    network.run(5_000);
    assertEquals(1, network.clusters.size());
    assertEquals(network.site(3).map, network.site(1).map);
    assertEquals(network.site(3).map, network.site(2).map);
  }

  @Test
  void aSeedThatLosesItsDiskTwiceStillCountsOnce() {
    var network = new MapNetwork(1, 3, 0);
    network.site(1).start();
    for (int life = 0; life < 3; life++) {
      network.site(2).loseDisk();
      network.site(2).start();
      network.run(2_000);
    }
    assertTrue(network.clusters.isEmpty());
  }

  @Test
  void whatOneSeedAcceptedIsProposedAgain() {
    var network = new MapNetwork(1, 3, 0);
    var members = network.sites.stream().map(MapNetwork.Site::member).toList();
    var older = accepted(4, new Founding(3, new Partitions(8), 3, 4).found(44, members));
    var newer = accepted(9, new Founding(3, new Partitions(8), 3, 4).found(99, members));
    network.site(2).votes = new Votes(older, CouncilVote.NONE);
    network.site(3).votes = new Votes(newer, CouncilVote.NONE);
    network.sites.forEach(MapNetwork.Site::start);
    network.run(5_000);
    for (var site : network.sites) {
      assertEquals(newer.proposal(), site.map);
    }
  }

  @Test
  void seedsOfTheSameNameFoundNothingAndSaySo() {
    var network = new MapNetwork(1, List.of("a", "b", "a"));
    network.sites.forEach(MapNetwork.Site::start);
    network.run(10_000);
    assertTrue(network.clusters.isEmpty());
    for (var site : network.sites) {
      assertEquals(List.of(), site.node.orElseThrow().waitingFor());
      assertEquals(
          Optional.of("the seeds at [10.0.0.1:7400, 10.0.0.3:7400] have the same name: a"),
          site.node.orElseThrow().obstacle());
    }
  }

  @Test
  void aCopiedDataDirectoryIsNoSecondSeed() {
    var network = new MapNetwork(1, 2, 0);
    network.site(2).id = network.site(1).id;
    network.sites.forEach(MapNetwork.Site::start);
    network.run(10_000);
    assertTrue(network.clusters.isEmpty());
    assertEquals(
        Optional.of(
            "the seeds at [10.0.0.1:7400, 10.0.0.2:7400] have the same id: " + network.site(1).id),
        network.site(1).node.orElseThrow().obstacle());
  }

  @Test
  void aPromiseFromElsewhereThanASeedDoesNotCount() {
    var network = new MapNetwork(1, 2, 1);
    network.site(1).start();
    network.settle();
    var ballot = network.site(1).votes.genesis().promised();
    var stranger = network.site(3).member();
    var promise = new Unmapped(ballot, stranger, MapBallot.ZERO, Optional.empty());
    network.deliver(new Packet(peer(network.site(3)), peer(network.site(1)), 0, promise));
    network.run(1_000);
    assertEquals(ballot, network.site(1).votes.genesis().promised());
    assertEquals(Optional.empty(), network.site(1).votes.genesis().proposal());
  }

  @Test
  void seedsThatDoNotAllResolveAreCounted() {
    var network = new MapNetwork(1, 3, 0);
    network.site(1).start();
    var two = network.seedAddresses().subList(0, 2);
    network.site(1).take(new Told<>(new News.SeedsResolved(two)));
    assertEquals(
        Optional.of(
            "3 seeds are configured, and they resolve to 2 addresses: "
                + "[10.0.0.1:7400, 10.0.0.2:7400]"),
        network.site(1).node.orElseThrow().obstacle());
  }

  private static GenesisVote accepted(long round, ClusterMap map) {
    var ballot = new MapBallot(round, map.members().getFirst().id());
    return new GenesisVote(ballot, ballot, Optional.of(map));
  }

  private static Peer peer(MapNetwork.Site site) {
    return new Peer(site.id, site.address);
  }
}
