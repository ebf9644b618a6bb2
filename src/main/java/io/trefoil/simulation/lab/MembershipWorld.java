package io.trefoil.simulation.lab;

import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.model.MemberState;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Claim> introductions = new ArrayList<>();

  /// @param introduced whether nodes begin with a view of all, instead of joining one by one
  MembershipWorld(long seed, int nodes, double loss, boolean introduced) {
    var settings = WorldSettings.of(seed, nodes).withSeeds(Math.min(SEEDS, nodes));
    this.world =
        new World(
            settings.with(LINKS.losing(loss)),
            (node, recovered, draw) ->
                new MembershipNode(
                    node, recovered, draw, recovered.run() == 1 ? introductions : List.of()));
    this.sightings = new Sightings(world);
    if (introduced) {
      world.hosts().forEach(host -> introductions.add(introduction(host)));
    }
  }

  private static Claim introduction(Host host) {
    Profile profile = MembershipNode.profile(host.name(), host.address());
    return Claim.own(host.id(), 1, 0, MemberState.ALIVE, profile);
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
