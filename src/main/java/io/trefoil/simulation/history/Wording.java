package io.trefoil.simulation.history;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Operations and outcomes in few words, values as text: a report is read by people.
final class Wording {

  private static final int LONGEST_VALUE = 24;

  private Wording() {}

  static String of(Operation operation) {
    return switch (operation) {
      case Operation.Get(var key, var _) -> "read " + key;
      case Operation.Put(var key, var value, var condition) ->
          "put " + key + " = " + of(value) + of(condition);
      case Operation.Delete(var key, var condition) -> "delete " + key + of(condition);
      case Operation.Inspect(var key) -> "inspect " + key;
    };
  }

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found(var record) -> "found " + of(record);
      case Outcome.Inspected(var holdings) -> "inspected " + holdings;
      case Outcome.Done(var version, var _) -> "done as " + version.tag();
      case Outcome.Refused(var current) -> "refused, it holds " + of(current);
      case Outcome.NotDone(var reason) -> "not done: " + reason;
      case Outcome.Unknown(var reason) -> "unknown: " + reason;
    };
  }

  static String of(Optional<Record> record) {
    return record
        .map(r -> r.value().map(Wording::of).orElse("a tombstone") + " as " + r.version().tag())
        .orElse("nothing");
  }

  static String of(Value value) {
    String text = new String(value.bytes(), StandardCharsets.UTF_8);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }

  private static String of(Condition condition) {
    return switch (condition) {
      case Condition.Always() -> "";
      case Condition.Absent() -> " if absent";
      case Condition.Present() -> " if present";
      case Condition.VersionIn(var versions) ->
          " if " + String.join(" or ", versions.stream().map(v -> v.tag()).toList());
    };
  }
}
