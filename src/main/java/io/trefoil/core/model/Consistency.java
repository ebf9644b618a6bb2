package io.trefoil.core.model;

/// How sure the answer to a read must be.
public enum Consistency {
  /// As if all operations on the key ran one after another: the default.
  LINEARIZABLE,
  /// What the nearest replica holds, maybe stale: the one explicit opt-out.
  ONE
}
