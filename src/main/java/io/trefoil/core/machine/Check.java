package io.trefoil.core.machine;

import java.util.function.Supplier;

/// A rule that is never broken unless the code is wrong. Always on: a node whose state cannot be
/// explained must stop, not guess. The host stops the loop, liveness fails, the process restarts.
public final class Check {

  private Check() {}

  /// Stops the machine if the rule does not hold.
  ///
  /// @param holds the rule
  /// @param rule what was expected, as a sentence; built only when it is broken
  public static void that(boolean holds, Supplier<String> rule) {
    if (!holds) {
      throw new Broken(rule.get());
    }
  }

  /// Stops the machine if the rule does not hold.
  public static void that(boolean holds, String rule) {
    if (!holds) {
      throw new Broken(rule);
    }
  }

  /// A broken rule. Nobody catches it but the host.
  public static final class Broken extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Broken(String rule) {
      super(rule);
    }
  }
}
