package io.trefoil.simulation.fault;

import io.trefoil.simulation.world.LinkQuality;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Which troubles a run goes through.
public enum FaultMix {
  /// Nothing goes wrong.
  CALM(Duration.ZERO),
  /// Packets are lost, doubled, late and out of order.
  LOSSY(Duration.ZERO),
  /// Processes die and come back.
  CRASHES(Duration.ofMillis(1_500), Trouble.CRASH, Trouble.CRASH, Trouble.POWER_CUT),
  /// The network falls apart.
  SPLITS(Duration.ofMillis(1_500), Trouble.SPLIT, Trouble.ONE_WAY, Trouble.BAD_LINK),
  /// Processes and disks stand still.
  PAUSES(Duration.ofMillis(1_500), Trouble.PAUSE, Trouble.PAUSE, Trouble.SLOW_DISK),
  /// Clocks are wrong.
  CLOCKS(Duration.ofSeconds(1), Trouble.CLOCK_STEP, Trouble.CLOCK_SKEW),
  /// Processes die and come back, and one node loses its disk: with voters that never change, a
  /// second one would be one too many.
  WIPES(Duration.ofMillis(1_500), Trouble.CRASH, Trouble.PAUSE, Trouble.BAD_LINK, Trouble.WIPE),
  /// Processes die and come back, disks are slow or fail, and one disk loses parts of what it
  /// holds: with voters that never change, a second one would be one too many.
  DISKS(
      Duration.ofMillis(1_500),
      Trouble.CRASH,
      Trouble.POWER_CUT,
      Trouble.SLOW_DISK,
      Trouble.FAILING_DISK,
      Trouble.FAILING_DISK,
      Trouble.DECAY),
  /// Processes die for longer than the eviction delay, and return with their disks.
  DEATHS(
      Duration.ofSeconds(3),
      Trouble.CRASH,
      Trouble.CRASH,
      Trouble.CRASH,
      Trouble.STOP,
      Trouble.PAUSE,
      Trouble.POWER_CUT),
  /// Disks are lost, one after another, while processes die.
  REPLACEMENTS(
      Duration.ofSeconds(3),
      Trouble.WIPE,
      Trouble.WIPE,
      Trouble.CRASH,
      Trouble.STOP,
      Trouble.PAUSE),
  /// Nodes join and leave.
  JOINS(
      Duration.ofSeconds(3),
      Trouble.JOIN,
      Trouble.JOIN,
      Trouble.DRAIN,
      Trouble.LEAVE,
      Trouble.STOP,
      Trouble.CRASH),
  /// The network falls apart for longer than the eviction delay.
  LONG_SPLITS(
      Duration.ofSeconds(3),
      Trouble.SPLIT,
      Trouble.SPLIT,
      Trouble.ONE_WAY,
      Trouble.BAD_LINK,
      Trouble.CRASH,
      Trouble.PAUSE),
  /// Nodes hear others and are not heard, or the other way round, for longer than the eviction
  /// delay.
  ONE_SIDED(
      Duration.ofSeconds(4),
      Trouble.MUTE,
      Trouble.MUTE,
      Trouble.DEAF,
      Trouble.ONE_WAY,
      Trouble.PAUSE,
      Trouble.CRASH),
  /// Nodes are of this release or the next, and die and come back.
  UPGRADES(
      Duration.ofSeconds(2),
      Trouble.UPGRADE,
      Trouble.UPGRADE,
      Trouble.CRASH,
      Trouble.JOIN,
      Trouble.STOP,
      Trouble.SPLIT),
  /// All of these, and whatever else goes wrong.
  TURMOIL(
      Duration.ofSeconds(2),
      Trouble.CRASH,
      Trouble.CRASH,
      Trouble.STOP,
      Trouble.WIPE,
      Trouble.WIPE,
      Trouble.JOIN,
      Trouble.DRAIN,
      Trouble.LEAVE,
      Trouble.SPLIT,
      Trouble.ONE_WAY,
      Trouble.BAD_LINK,
      Trouble.PAUSE,
      Trouble.POWER_CUT,
      Trouble.CLOCK_STEP,
      Trouble.CLOCK_SKEW,
      Trouble.SLOW_DISK,
      Trouble.FAILING_DISK),
  /// The same, while nodes also change their addresses, links flap, disks lose parts of what they
  /// hold, and some are of the next release.
  MAYHEM(
      Duration.ofSeconds(2),
      Trouble.CRASH,
      Trouble.CRASH,
      Trouble.STOP,
      Trouble.WIPE,
      Trouble.WIPE,
      Trouble.DECAY,
      Trouble.MOVE,
      Trouble.MOVE,
      Trouble.SWAP,
      Trouble.UPGRADE,
      Trouble.JOIN,
      Trouble.DRAIN,
      Trouble.LEAVE,
      Trouble.SPLIT,
      Trouble.ONE_WAY,
      Trouble.FLAP,
      Trouble.BAD_LINK,
      Trouble.PAUSE,
      Trouble.POWER_CUT,
      Trouble.CLOCK_STEP,
      Trouble.CLOCK_SKEW,
      Trouble.SLOW_DISK,
      Trouble.FAILING_DISK),
  /// All of it while the map stays as it is, but no disk is lost.
  EVERYTHING(
      Duration.ofSeconds(1),
      Trouble.CRASH,
      Trouble.CRASH,
      Trouble.CRASH,
      Trouble.POWER_CUT,
      Trouble.PAUSE,
      Trouble.SPLIT,
      Trouble.ONE_WAY,
      Trouble.BAD_LINK,
      Trouble.CLOCK_STEP,
      Trouble.CLOCK_SKEW,
      Trouble.SLOW_DISK);

  private static final double MOST_LOSS = 0.2;
  private static final double MOST_DUPLICATION = 0.2;
  private static final double MOST_TAIL = 0.1;
  private static final long SLOWEST_SYNC_MILLIS = 30;
  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final Duration LONG = Duration.ofSeconds(14);

  private final Duration every;
  private final List<Trouble> troubles;

  FaultMix(Duration every, Trouble... troubles) {
    this.every = every;
    this.troubles = List.of(troubles);
  }

  /// The mix of that name, in lower case.
  ///
  /// @throws IllegalArgumentException with the names there are
  public static FaultMix named(String name) {
    return Arrays.stream(values())
        .filter(mix -> mix.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + name
                        + "' is no mix of faults; there are "
                        + Arrays.stream(values()).map(FaultMix::label).toList()));
  }

  /// The name, in lower case.
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /// The mean time from one trouble to the next; zero for none at all.
  Duration every() {
    return every;
  }

  /// Whether troubles last long enough for the map to change, and disks are lost more than once.
  public boolean changesMaps() {
    return switch (this) {
      case DEATHS, REPLACEMENTS, JOINS, LONG_SPLITS, ONE_SIDED, UPGRADES, TURMOIL, MAYHEM -> true;
      case CALM, LOSSY, CRASHES, SPLITS, PAUSES, CLOCKS, WIPES, DISKS, EVERYTHING -> false;
    };
  }

  /// How long a trouble lasts at most.
  Duration longest() {
    return changesMaps() ? LONG : SHORT;
  }

  /// What to choose from, each as likely as it is often in here.
  List<Trouble> troubles() {
    return troubles;
  }

  /// How long a disk takes at most to make a write durable, throughout the run.
  public Duration sync(RandomGenerator random) {
    return Duration.ofMillis(this == CALM ? 2 : random.nextLong(1, SLOWEST_SYNC_MILLIS));
  }

  /// How well packets travel throughout the run.
  public LinkQuality links(RandomGenerator random) {
    if (this == CALM) {
      return LinkQuality.GOOD;
    }
    return new LinkQuality(
        random.nextDouble(MOST_LOSS),
        random.nextDouble(MOST_DUPLICATION),
        Duration.ofNanos(random.nextLong(1_000_000)),
        Duration.ofMillis(random.nextLong(2, 40)),
        random.nextDouble(MOST_TAIL));
  }
}
