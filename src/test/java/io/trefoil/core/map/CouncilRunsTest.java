package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.MapNetwork.Site;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random runs of a council: nodes join, crash between a write and its durability, come back or
/// stay away, while packets are lost, doubled and late. Whatever happens, one map per epoch, and
/// epochs grow at each node; once the faults stop, everybody goes by one map that names all.
final class CouncilRunsTest {

  private static final int STEPS_PER_SITE = 400;

  @ParameterizedTest
  @CsvSource({
    // first seed of the generator, runs, seeds, others
    "50000, 150, 1, 3",
    "60000, 150, 3, 1",
    "70000, 100, 3, 4"
  })
  void oneMapIsDecidedPerEpoch(long from, int runs, int seeds, int others) {
    long epochs = 0;
    for (long seed = from; seed < from + runs; seed++) {
      var network = network(seed, seeds, others);
      disturb(network);
      heal(network);
      epochs += network.maps.size();
      var title = "seed " + seed;
      assertEquals(List.of(), network.conflicts, title);
      assertTrue(isWhole(network), title);
    }
    long decided = epochs;
    assertTrue(decided > 5L * runs, () -> "only " + decided + " maps were decided");
  }

  private static MapNetwork network(long seed, int seeds, int others) {
    var network = new MapNetwork(seed, seeds, others);
    network.policy =
        new MapPolicy(
            Duration.ofSeconds(4),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            MapPolicy.DEFAULT.onMajorityLoss(),
            2);
    return network;
  }

  private static void disturb(MapNetwork network) {
    int lossPercent = network.random.nextInt(30);
    network.sites.forEach(Site::start);
    network.run(3_000);
    for (int step = 0; step < STEPS_PER_SITE * network.sites.size(); step++) {
      var site = network.sites.get(network.random.nextInt(network.sites.size()));
      int dice = network.random.nextInt(1_000);
      if (dice < 650) {
        disturbPacket(network, lossPercent);
      } else if (dice < 850) {
        site.write();
      } else if (dice < 975) {
        network.advance();
      } else if (dice < 980) {
        doubt(site, network);
      } else if (dice < 985) {
        network.pause(network.random.nextInt(3_000));
      } else if (dice < 990) {
        site.crash();
      } else {
        site.startIfDown();
      }
    }
  }

  /// One sees others than before, so that several hold themselves for the steward, and want
  /// different maps.
  private static void doubt(Site site, MapNetwork network) {
    site.doubted.clear();
    network.sites.stream()
        .filter(other -> other != site && network.random.nextInt(3) == 0)
        .forEach(other -> site.doubted.put(other, network.random.nextLong(10_000_000_000L)));
  }

  /// Any of the packets under way, whatever its age: some are lost, some arrive twice.
  private static void disturbPacket(MapNetwork network, int lossPercent) {
    if (network.packets.isEmpty()) {
      return;
    }
    var packet = network.packets.remove(network.random.nextInt(network.packets.size()));
    if (network.random.nextInt(100) < 10 && network.packets.size() < 200) {
      network.packets.add(packet);
    }
    if (network.random.nextInt(100) >= lossPercent) {
      network.deliver(packet);
    }
  }

  private static void heal(MapNetwork network) {
    network.sites.forEach(Site::startIfDown);
    network.sites.forEach(site -> site.doubted.clear());
    for (int second = 0; second < 60 && !isWhole(network); second++) {
      network.run(1_000);
    }
  }

  private static boolean isWhole(MapNetwork network) {
    var map = network.sites.getFirst().node.flatMap(MapKeeper::map);
    return map.isPresent()
        && map.get().members().size() == network.sites.size()
        && map.get().replicaSets().stream().allMatch(set -> set.isStable() && set.old().size() == 3)
        && network.sites.stream().allMatch(site -> site.node.flatMap(MapKeeper::map).equals(map))
        && network.sites.stream().allMatch(s -> s.node.orElseThrow().mayVote(network.now()));
  }
}
