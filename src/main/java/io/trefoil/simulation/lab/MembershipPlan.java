package io.trefoil.simulation.lab;

import java.time.Duration;

/// What to measure of the membership of so many nodes.
///
/// @param seed all chance follows from it
/// @param nodes how many, 3 to 10,000
/// @param loss share of all packets that is lost, from the start to the end, 0 to below 1
/// @param crashes how many nodes crash, one after another
/// @param rest for how long traffic and false deaths are counted while nothing else happens
/// @param settled whether only nodes that know each other are measured: they begin with a view of
///   all instead of joining, and ten of them are split off instead of half. The others change every
///   view in everything it holds, which takes longer for thousands than somebody wants to wait
public record MembershipPlan(
    long seed, int nodes, double loss, int crashes, Duration rest, boolean settled) {

  /// The fewest nodes of which two can outvote one.
  public static final int FEWEST_NODES = 3;

  /// The most nodes in one process.
  public static final int MOST_NODES = 10_000;

  private static final int MOST_CRASHES = 100;
  private static final int CRASH_SIGHTINGS = 20_000;
  private static final int FEWEST_CRASHES = 5;
  private static final Duration SHORTEST_REST = Duration.ofMinutes(1);
  private static final double SECONDS_PER_HOUR = 3_600;

  /// Refuses what cannot be measured, with a sentence.
  public MembershipPlan {
    requireMeasurable(nodes, loss);
    if (crashes < 1) {
      throw new IllegalArgumentException("at least one node crashes, not " + crashes);
    }
    if (rest.compareTo(SHORTEST_REST) < 0) {
      throw new IllegalArgumentException("rest lasts a minute at least, not " + rest);
    }
  }

  /// Refuses sizes and losses that cannot be measured, with a sentence.
  static void requireMeasurable(int nodes, double loss) {
    if (nodes < FEWEST_NODES || nodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "membership is measured with 3 to 10,000 nodes, not " + nodes);
    }
    if (!(loss >= 0 && loss < 1)) {
      throw new IllegalArgumentException("a loss is a share from 0 to below 1, not " + loss);
    }
  }

  /// A plan with as many crashes as that size of cluster needs for a percentile, and no more.
  ///
  /// @param nodeHours how long to watch for false deaths, over all nodes together
  public static MembershipPlan of(long seed, int nodes, double loss, double nodeHours) {
    int crashes = Math.clamp(CRASH_SIGHTINGS / Math.max(1, nodes), FEWEST_CRASHES, MOST_CRASHES);
    Duration rest = Duration.ofSeconds((long) (nodeHours / nodes * SECONDS_PER_HOUR));
    Duration watched = rest.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : rest;
    return new MembershipPlan(seed, nodes, loss, crashes, watched, false);
  }

  /// The same without the start, and with a smaller split.
  public MembershipPlan amongSettled() {
    return new MembershipPlan(seed, nodes, loss, crashes, rest, true);
  }
}
