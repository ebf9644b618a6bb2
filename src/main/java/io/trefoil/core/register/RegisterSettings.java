package io.trefoil.core.register;

import io.trefoil.core.model.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What is decided about a node's registers from outside.
///
/// @param maxOpenOperations how many operations a coordinator keeps open; more: more memory under
///   load
/// @param forgetful whether an earlier run of this node may have accepted records
/// @param collectAfter how long a tombstone that all voters hold is kept; above what clocks differ
///   by, for below the floor that takes its place slower clocks are refused
/// @param copies the partitions of which the disk holds a copy
/// @param rules the rules in force; all of them outside the simulator
public record RegisterSettings(
    int maxOpenOperations,
    boolean forgetful,
    Duration collectAfter,
    List<PartitionCopy> copies,
    Set<Rule> rules) {

  /// How many operations are kept open unless an operator says otherwise.
  public static final int DEFAULT_MAX_OPEN = 10_000;

  /// How long a tombstone that all voters hold is kept.
  public static final Duration DEFAULT_COLLECT_AFTER = Duration.ofSeconds(2);
}
