package io.trefoil.simulation.lab;

import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Nodes that are nothing but membership, in one data centre: packets take 0.2 to 2 ms.
final class MembershipWorld {

  private static final int SEEDS = 3;
  private static final Duration SLICE = Duration.ofMillis(50);
  private static final LinkQuality LINKS =
      LinkQuality.GOOD.taking(Duration.ofNanos(200_000), Duration.ofMillis(2));

  final World world;
  final Sightings sightings;

  MembershipWorld(long seed, int nodes, double loss) {
    var settings = WorldSettings.of(seed, nodes).withSeeds(Math.min(SEEDS, nodes));
    this.world = new World(settings.with(LINKS.losing(loss)), MembershipNode::new);
    this.sightings = new Sightings(world);
  }

  int nodes() {
    return world.hosts().size();
  }

  /// Lets time pass until something is so.
  ///
  /// @return how long that took; empty if it was not so within the limit
  Optional<Duration> await(Duration limit, BooleanSupplier holds) {
    long begun = world.nanos();
    while (!holds.getAsBoolean()) {
      if (world.nanos() - begun >= limit.toNanos()) {
        return Optional.empty();
      }
      world.run(SLICE);
    }
    return Optional.of(Duration.ofNanos(world.nanos() - begun));
  }

  /// Lets time pass until every node sees all.
  Optional<Duration> awaitOneView(Duration limit) {
    return await(limit, () -> sightings.isEverybodyAt(nodes()));
  }
}
