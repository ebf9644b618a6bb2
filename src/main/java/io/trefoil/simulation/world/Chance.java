package io.trefoil.simulation.world;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Draws of a run, one stream for each purpose: what one part of a run draws does not change what
/// another does.
public final class Chance {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final long seed;

  /// All draws of a run.
  public Chance(long seed) {
    this.seed = seed;
  }

  /// The stream for a purpose.
  public RandomGenerator stream(String purpose) {
    return new SplittableRandom(mix(purpose.hashCode()));
  }

  /// A number for a purpose and two indices.
  long number(String purpose, long first, long second) {
    return new Chance(new Chance(mix(purpose.hashCode())).mix(first)).mix(second);
  }

  private long mix(long number) {
    long z = (seed + number * GOLDEN) * GOLDEN;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
