package io.trefoil.simulation;

import java.util.stream.LongStream;

/// The seeds that a simulated test runs with: from `-Dtrefoil.seed` (0), as many as
/// `-Dtrefoil.seeds` says, or as few as fit into a build that somebody waits for.
final class Seeds {

  private static final int SCENARIO = 100;

  private Seeds() {}

  /// For scenarios with expected numbers.
  static LongStream scenario() {
    return some(SCENARIO);
  }

  /// As many as that, unless somebody says otherwise.
  static LongStream some(int count) {
    long first = Long.getLong("trefoil.seed", 0);
    return LongStream.range(first, first + Integer.getInteger("trefoil.seeds", count));
  }
}
