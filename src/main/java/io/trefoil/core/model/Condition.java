package io.trefoil.core.model;

import java.util.List;
import java.util.Optional;

/// What must hold of a key for a change to be made.
public sealed interface Condition {

  /// Whether it holds of a record.
  ///
  /// @param record what the register holds
  /// @param wallMillis the judge's wall clock, by which a record may have expired
  default boolean holdsFor(Optional<Record> record, long wallMillis) {
    Optional<Record> seen = record.filter(r -> r.visibleAt(wallMillis));
    return switch (this) {
      case Always() -> true;
      case Absent() -> seen.isEmpty();
      case Present() -> seen.isPresent();
      case VersionIn(List<Version> versions) ->
          seen.isPresent() && versions.contains(seen.get().version());
    };
  }

  /// No condition.
  record Always() implements Condition {}

  /// The key has no value: create.
  record Absent() implements Condition {}

  /// The key has a value: update, delete.
  record Present() implements Condition {}

  /// The key has a value made by one of these writes: compare and set.
  ///
  /// @param versions at least one
  record VersionIn(List<Version> versions) implements Condition {}
}
