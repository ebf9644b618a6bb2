package io.trefoil.simulation.fault;

import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Which faults happen when.
///
/// @param faults in the order of their times
public record FaultPlan(List<Timed> faults) {

  private static final long SHORTEST = Duration.ofMillis(50).toNanos();

  /// A fault and its time.
  ///
  /// @param nanos after the plan begins
  public record Timed(long nanos, Fault fault) {}

  /// Draws a plan: troubles of the mix one after another and into each other, each of its own
  /// length. A disk is lost, wholly or in part, once at most where the map does not change.
  ///
  /// @param duration when the last trouble begins at the latest
  public static FaultPlan drawn(
      FaultMix mix, RandomGenerator random, int hosts, Duration duration) {
    var faults = new ArrayList<Timed>();
    long mean = mix.every().toNanos();
    if (mean > 0) {
      for (long at = gap(random, mean); at < duration.toNanos(); at += gap(random, mean)) {
        Trouble trouble = mix.troubles().get(random.nextInt(mix.troubles().size()));
        long end = at + random.nextLong(SHORTEST, mix.longest().toNanos());
        boolean losesData = trouble == Trouble.WIPE || trouble == Trouble.DECAY;
        if (!losesData || mix.changesMaps() || faults.stream().noneMatch(FaultPlan::losesData)) {
          add(faults, at, end, trouble.drawn(random, hosts));
        }
      }
    }
    faults.sort(Comparator.comparingLong(Timed::nanos));
    return new FaultPlan(List.copyOf(faults));
  }

  /// Lets the faults happen in a world, counted from now.
  ///
  /// @param happens whether a fault that is due does happen
  public void begin(World world, Predicate<Fault> happens) {
    for (Timed timed : faults) {
      world.after(
          Duration.ofNanos(timed.nanos()),
          () -> {
            if (happens.test(timed.fault())) {
              world.apply(timed.fault());
            }
          });
    }
  }

  private static boolean losesData(Timed timed) {
    return timed.fault() instanceof Fault.Wipe || timed.fault() instanceof Fault.Decay;
  }

  private static long gap(RandomGenerator random, long mean) {
    return (long) (mean * random.nextExponential());
  }

  private static void add(List<Timed> faults, long begin, long end, Trouble.Episode episode) {
    long step = (end - begin) / (2L * episode.times() - 1);
    for (int time = 0; time < episode.times(); time++) {
      long from = begin + 2 * time * step;
      episode.begin().forEach(fault -> faults.add(new Timed(from, fault)));
      episode.end().forEach(fault -> faults.add(new Timed(from + step, fault)));
    }
  }
}
