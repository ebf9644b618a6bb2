package io.trefoil.core.model;

import java.util.Locale;

/// What kind of operation a message serves: its name in the operation log and the metrics.
public enum OperationKind {
  CREATE,
  READ,
  UPDATE,
  WRITE,
  DELETE,
  /// Looks at the replicas, as the explain command does.
  INSPECT,
  /// Nobody asked for it: the store finishes what was half done.
  REPAIR;

  /// The name in lower case, as logged.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
