package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random runs: packets lost, doubled and late, seeds that crash between a write and its
/// durability, disks that are lost. Whatever happens, no two first maps; once the faults stop, one.
final class GenesisRunsTest {

  private static final int STEPS_PER_SITE = 300;

  /// Long enough for another seed to try to lead.
  private static final int PAUSE_MILLIS = 1_000;

  @ParameterizedTest
  @CsvSource({
    // first seed of the generator, runs, seeds, others, disks lost at most
    "10000, 400, 2, 0, 0",
    "20000, 800, 3, 1, 0",
    "30000, 1200, 3, 0, 1",
    "40000, 300, 5, 0, 2"
  })
  void atMostOneFirstMapIsEverDecided(long from, int runs, int seeds, int others, int lostDisks) {
    int foundedUnderFaults = 0;
    for (long seed = from; seed < from + runs; seed++) {
      var network = new MapNetwork(seed, seeds, others);
      disturb(network, lostDisks);
      foundedUnderFaults += network.clusters.size();
      var title = "seed " + seed;
      assertTrue(network.clusters.size() <= 1, title);
      heal(network);
      assertEquals(1, network.clusters.size(), title);
      assertTrue(everyoneHasTheMap(network), title);
    }
    int founded = foundedUnderFaults;
    assertTrue(founded > runs / 5, () -> "only " + founded + " runs got as far as a map");
  }

  private static void disturb(MapNetwork network, int lostDisks) {
    int disks = lostDisks;
    int steps = STEPS_PER_SITE * network.sites.size();
    int lossPercent = network.random.nextInt(40);
    int pausePercent = network.random.nextInt(25);
    network.sites.forEach(MapNetwork.Site::start);
    for (int step = 0; step < steps && !everyoneHasTheMap(network); step++) {
      var site = network.sites.get(network.random.nextInt(network.sites.size()));
      int dice = network.random.nextInt(1_000);
      if (dice < 600) {
        disturbPacket(network, lossPercent);
      } else if (dice < 900) {
        site.write();
      } else if (dice < 980 || site.node.isEmpty()) {
        network.pause(network.random.nextInt(100) < pausePercent ? PAUSE_MILLIS : 0);
        network.advance();
        site.startIfDown();
      } else if (dice < 995 || disks == 0) {
        site.crash();
      } else {
        site.loseDisk();
        disks--;
      }
    }
  }

  /// Any of the packets under way, whatever its age: some are lost, some arrive twice.
  private static void disturbPacket(MapNetwork network, int lossPercent) {
    if (network.packets.isEmpty()) {
      return;
    }
    var packet = network.packets.remove(network.random.nextInt(network.packets.size()));
    if (network.random.nextInt(100) < 15) {
      network.packets.add(packet);
    }
    if (network.random.nextInt(100) >= lossPercent) {
      network.deliver(packet);
    }
  }

  private static void heal(MapNetwork network) {
    network.sites.forEach(MapNetwork.Site::startIfDown);
    for (int second = 0; second < 10 && !everyoneHasTheMap(network); second++) {
      network.run(1_000);
    }
  }

  private static boolean everyoneHasTheMap(MapNetwork network) {
    return network.sites.stream().allMatch(site -> site.map.isPresent());
  }
}
