package io.trefoil.core.register;

import java.util.Set;

/// What is decided about a node's registers from outside.
///
/// @param maxOpenOperations how many operations a coordinator keeps open; more: more memory under
///   load
/// @param forgetful whether an earlier run of this node may have accepted records
/// @param rules the rules in force; all of them outside the simulator
public record RegisterSettings(int maxOpenOperations, boolean forgetful, Set<Rule> rules) {

  /// How many operations are kept open unless an operator says otherwise.
  public static final int DEFAULT_MAX_OPEN = 10_000;
}
