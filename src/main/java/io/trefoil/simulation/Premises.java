package io.trefoil.simulation;

import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.stabilization.CopyPolicy;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// What a cluster is like whose map is to change many times in a minute: it gives up on dead nodes
/// after seconds, has few partitions, so that keys share them, and some of its nodes join later.
///
/// @param founders how many nodes found it
/// @param partitions how many, a power of two
/// @param policy when the map changes
record Premises(int founders, int partitions, MapPolicy policy) {

  private static final Duration EVICTION_DELAY = Duration.ofSeconds(4);
  private static final Duration SEAT_DELAY = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final CopyPolicy COPIES =
      new CopyPolicy(
          CopyPolicy.DEFAULT.bytesPerSecond(),
          CopyPolicy.DEFAULT.clientPatience(),
          Duration.ofSeconds(20));
  private static final int FEWEST_PARTITIONS_LOG = 2;
  private static final int MOST_PARTITIONS_LOG = 5;
  private static final int MOST_MOVES = 16;
  private static final int SAFE = 3;

  /// One in so many clusters goes on with a survivor where most voters are lost; the others wait,
  /// so that nothing at all excuses a lost write.
  private static final int SURVIVING = 4;

  /// Draws them.
  ///
  /// @param hosts how many nodes there are in the end
  /// @param growing whether it may be founded by one node or two
  static Premises drawn(RandomGenerator random, int hosts, boolean growing) {
    int fewest = growing ? 1 : Math.min(SAFE, hosts);
    int founders = random.nextInt(fewest, growing ? Math.min(SAFE, hosts) + 1 : hosts + 1);
    int partitions = 1 << random.nextInt(FEWEST_PARTITIONS_LOG, MOST_PARTITIONS_LOG + 1);
    var loss = random.nextInt(SURVIVING) == 0 ? MajorityLoss.SURVIVOR : MajorityLoss.WAIT;
    int moves = random.nextInt(1, MOST_MOVES + 1);
    return new Premises(
        founders, partitions, new MapPolicy(EVICTION_DELAY, SEAT_DELAY, LEASE, loss, moves));
  }

  /// A world like this.
  WorldSettings applied(WorldSettings settings) {
    return settings.withSeeds(founders).with(new Partitions(partitions)).with(policy).with(COPIES);
  }
}
