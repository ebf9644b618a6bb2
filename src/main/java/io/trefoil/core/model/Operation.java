package io.trefoil.core.model;

/// One thing a client asks of one key.
public sealed interface Operation {

  /// The key it is about.
  Key key();

  /// Its name in the operation log and the metrics.
  default OperationKind kind() {
    return switch (this) {
      case Get _ -> OperationKind.READ;
      case Inspect _ -> OperationKind.INSPECT;
      case Delete _ -> OperationKind.DELETE;
      case Put(_, _, Condition condition) ->
          switch (condition) {
            case Condition.Always _ -> OperationKind.WRITE;
            case Condition.Absent _ -> OperationKind.CREATE;
            case Condition.Present _, Condition.VersionIn _ -> OperationKind.UPDATE;
          };
    };
  }

  /// Reads the key.
  ///
  /// @param consistency how sure the answer must be
  record Get(Key key, Consistency consistency) implements Operation {}

  /// Writes the key.
  ///
  /// @param value what to write
  /// @param condition what must hold before
  record Put(Key key, Value value, Condition condition) implements Operation {}

  /// Deletes the key.
  ///
  /// @param condition what must hold before; [Condition.Present] at least
  record Delete(Key key, Condition condition) implements Operation {}

  /// Asks every voter what it holds, for whoever wants to see how the store works.
  record Inspect(Key key) implements Operation {}
}
