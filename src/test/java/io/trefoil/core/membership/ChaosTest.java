package io.trefoil.core.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Crashes, restarts, pauses, cuts of single links and splits, at random and under loss; then
/// quiet.
class ChaosTest {

  private static final Duration STEP = Duration.ofMillis(2_500);
  private static final int STEPS = 40;

  static IntStream seeds() {
    return IntStream.rangeClosed(1, Integer.getInteger("membership.chaos.seeds", 20));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappenedOneViewFollowsAMinuteLater(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int nodes = 3 + random.nextInt(10);
    VirtualCluster cluster = new VirtualCluster(seed, MembershipSettings.DEFAULT);
    for (int n = 1; n <= nodes; n++) {
      cluster.start(n);
    }
    for (int step = 0; step < STEPS; step++) {
      disturb(cluster, random);
      cluster.run(STEP);
    }
    repair(cluster);

    cluster.runUntilConverged(nodes, Duration.ofSeconds(60));
    cluster.run(Duration.ofSeconds(30));

    for (VirtualHost host : cluster.hosts) {
      assertEquals(nodes, VirtualCluster.aliveSeenBy(host), "seed " + seed);
      assertFalse(host.swim.isIsolated(), "seed " + seed);
    }
  }

  private static void disturb(VirtualCluster cluster, SplittableRandom random) {
    VirtualHost host = cluster.hosts.get(random.nextInt(cluster.hosts.size()));
    switch (random.nextInt(6)) {
      case 0 -> cluster.crash(host);
      case 1 -> restart(cluster, host);
      case 2 -> {
        if (host.isRunning()) {
          cluster.pause(host, Duration.ofMillis(random.nextInt(6_000)));
        }
      }
      case 3 -> cutLinks(cluster, random);
      case 4 -> split(cluster, random);
      default -> {
        cluster.cut = (_, _) -> false;
        cluster.loss = random.nextInt(4) / 10.0;
      }
    }
  }

  private static void restart(VirtualCluster cluster, VirtualHost host) {
    if (host.condition == VirtualHost.Condition.STOPPED) {
      cluster.start(host.id, host.swim.self().run() + 1, host.address);
    }
  }

  private static void cutLinks(VirtualCluster cluster, SplittableRandom random) {
    Set<List<Long>> links = new LinkedHashSet<>();
    for (int i = 0; i < 10; i++) {
      links.add(List.of(1 + random.nextLong(12), 1 + random.nextLong(12)));
    }
    cluster.cut = (from, to) -> links.contains(List.of(from.id.bits(), to.id.bits()));
  }

  private static void split(VirtualCluster cluster, SplittableRandom random) {
    long sides = random.nextLong();
    cluster.cut = (from, to) -> (sides >>> from.id.bits() & 1) != (sides >>> to.id.bits() & 1);
  }

  private static void repair(VirtualCluster cluster) {
    cluster.loss = 0;
    cluster.cut = (_, _) -> false;
    cluster.run(Duration.ofSeconds(6));
    for (VirtualHost host : List.copyOf(cluster.hosts)) {
      restart(cluster, host);
    }
  }
}
