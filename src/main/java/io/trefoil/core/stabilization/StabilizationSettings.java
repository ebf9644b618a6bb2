package io.trefoil.core.stabilization;

import io.trefoil.core.register.Rule;
import java.time.Duration;
import java.util.Set;

/// What is decided about stabilization from outside.
///
/// @param run this start's number: tells this run's questions from those of the last
/// @param copyBytesPerSecond how much a node copies from others at most, in bytes of registers;
///   more: whole sooner, but clients wait longer meanwhile
/// @param scrubEvery how long it takes until every partition was compared again though nothing was
///   known to be wrong; less: rotten bits are found sooner, all data is read more often
/// @param sessions how many partitions are brought up to date at once
/// @param pageBytes how much is read and sent at once, about
/// @param rules the rules in force; all of them outside the simulator
public record StabilizationSettings(
    long run,
    long copyBytesPerSecond,
    Duration scrubEvery,
    int sessions,
    int pageBytes,
    Set<Rule> rules) {

  /// 64 MiB/s: half of what a network of 1 Gbit/s carries.
  public static final long DEFAULT_COPY_BYTES_PER_SECOND = 64L << 20;

  /// Each comparison reads both copies through.
  public static final Duration DEFAULT_SCRUB_EVERY = Duration.ofHours(1);

  private static final int SESSIONS = 8;
  private static final int PAGE_BYTES = 256 << 10;

  /// The defaults.
  public static StabilizationSettings ofRun(long run, Set<Rule> rules) {
    return new StabilizationSettings(
        run, DEFAULT_COPY_BYTES_PER_SECOND, DEFAULT_SCRUB_EVERY, SESSIONS, PAGE_BYTES, rules);
  }
}
