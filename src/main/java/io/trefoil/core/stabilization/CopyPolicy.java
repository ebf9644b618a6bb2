package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Check;
import java.time.Duration;

/// What the operator decides about copies.
///
/// @param bytesPerSecond how much a node copies from others at most, in bytes of registers; more:
///   whole sooner, but clients wait longer meanwhile
/// @param clientPatience how long a client may be kept waiting before copying steps back; less:
///   clients notice copies less, whole later
/// @param scrubEvery how long it takes until every partition was compared again though nothing was
///   known to be wrong; less: rotten bits are found sooner, all data is read more often
public record CopyPolicy(long bytesPerSecond, Duration clientPatience, Duration scrubEvery) {

  /// What an operator has who decides nothing: 64 MiB/s, half of what a network of 1 Gbit/s
  /// carries; clients wait 25 ms at most for the sake of copies; everything is read and compared
  /// once an hour.
  public static final CopyPolicy DEFAULT =
      new CopyPolicy(64L << 20, Duration.ofMillis(25), Duration.ofHours(1));

  /// Refuses what would never copy or never rest.
  public CopyPolicy {
    Check.that(bytesPerSecond > 0, "something is copied each second");
    Check.that(!clientPatience.isNegative(), "patience is not negative");
    Check.that(scrubEvery.isPositive(), "a scrub takes some time");
  }
}
