package io.trefoil.core.stabilization;

import io.trefoil.core.model.Rule;
import java.util.Set;

/// What is decided about stabilization from outside.
///
/// @param run this start's number: tells this run's questions from those of the last
/// @param policy what the operator decides
/// @param sessions how many partitions are brought up to date at once
/// @param pageBytes how much is read and sent at once, about
/// @param rules the rules in force; all of them outside the simulator
public record StabilizationSettings(
    long run, CopyPolicy policy, int sessions, int pageBytes, Set<Rule> rules) {

  private static final int SESSIONS = 8;
  private static final int PAGE_BYTES = 256 << 10;

  /// The operator's policy, and defaults for the rest.
  public static StabilizationSettings of(long run, CopyPolicy policy, Set<Rule> rules) {
    return new StabilizationSettings(run, policy, SESSIONS, PAGE_BYTES, rules);
  }
}
