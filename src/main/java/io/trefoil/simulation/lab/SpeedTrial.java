package io.trefoil.simulation.lab;

import java.time.Duration;
import java.util.Optional;

/// Many membership nodes at rest, for whoever measures how fast they are simulated. Reads no clock
/// itself: virtual time does not know how long it takes.
public final class SpeedTrial {

  private static final Duration BOOTSTRAP_WITHIN = Duration.ofMinutes(10);
  private static final Duration QUIET = Duration.ofSeconds(65);

  private final MembershipWorld cluster;
  private final Optional<Duration> bootstrap;

  /// So many nodes, each of which sees all others and has nothing more to tell them.
  ///
  /// @param nodes 3 to 10,000
  /// @param loss the share of packets that is lost, 0 to below 1
  /// @param introduced whether they begin with that view instead of joining one by one
  /// @throws IllegalArgumentException with a sentence if so many, or under such a loss, are not
  ///   measured
  public SpeedTrial(long seed, int nodes, double loss, boolean introduced) {
    MembershipPlan.requireMeasurable(nodes, loss);
    this.cluster = new MembershipWorld(seed, nodes, loss, introduced);
    cluster.world.startAll();
    this.bootstrap = cluster.awaitOneView(BOOTSTRAP_WITHIN);
    cluster.world.run(QUIET);
  }

  /// From the start of all nodes until each saw all; empty if not within ten minutes.
  public Optional<Duration> bootstrap() {
    return bootstrap;
  }

  /// Lets time pass.
  ///
  /// @return how many inputs nodes took meanwhile: packets, alarms and news
  public long run(Duration duration) {
    long before = cluster.world.events();
    cluster.world.run(duration);
    return cluster.world.events() - before;
  }

  /// How many inputs nodes took since they started.
  public long events() {
    return cluster.world.events();
  }
}
