package io.trefoil.simulation.history;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes histories of one key by hand. Values are words; each word is written under a version of
/// its own.
final class Script {

  static final Key KEY = new Key("k");

  private final History history = new History();
  private final List<String> told = new ArrayList<>();

  History history() {
    return history;
  }

  int read() {
    return ask(new Operation.Get(KEY, Consistency.LINEARIZABLE));
  }

  int put(String word) {
    return put(word, new Condition.Always());
  }

  int create(String word) {
    return put(word, new Condition.Absent());
  }

  int update(String word) {
    return put(word, new Condition.Present());
  }

  int swap(String before, String word) {
    return put(word, new Condition.VersionIn(List.of(version(before))));
  }

  int delete() {
    return ask(new Operation.Delete(KEY, new Condition.Present()));
  }

  int delete(String before) {
    return ask(new Operation.Delete(KEY, new Condition.VersionIn(List.of(version(before)))));
  }

  int put(String word, Condition condition) {
    return ask(new Operation.Put(KEY, value(word), condition));
  }

  Script done(int call) {
    Operation operation = history.calls().get(call).operation();
    String word =
        operation instanceof Operation.Put(var _, var value, var _)
            ? word(value)
            : "tombstone " + call;
    return end(call, new Outcome.Done(version(word), 2));
  }

  Script found(int call, String word) {
    return end(call, new Outcome.Found(record(word)));
  }

  Script refused(int call, String word) {
    return end(call, new Outcome.Refused(record(word)));
  }

  Script notDone(int call) {
    return end(call, new Outcome.NotDone(new Outcome.Reason.NoQuorum(List.of())));
  }

  Script unknown(int call) {
    return end(call, new Outcome.Unknown(new Outcome.Reason.Forgotten()));
  }

  /// The words whose versions a client was told or shown: the only ones it can name.
  List<String> told() {
    return told;
  }

  Script end(int call, Outcome outcome) {
    Operation operation = history.calls().get(call).operation();
    switch (outcome) {
      case Outcome.Found(var record) -> tell(record);
      case Outcome.Refused(var record) -> tell(record);
      case Outcome.Done _ -> {
        if (operation instanceof Operation.Put(var _, var value, var _)) {
          told.add(word(value));
        }
      }
      case Outcome.Inspected _, Outcome.NotDone _, Outcome.Unknown _ -> {
        // Tells nothing.
      }
    }
    history.complete(call, outcome, 0);
    return this;
  }

  Optional<String> violation() {
    return Linearizability.violation(history);
  }

  static Version version(String word) {
    var at = HybridTimestamp.ofMillis(1);
    return new Version(new Ballot(1, at, new NodeId(1), word.hashCode()));
  }

  static Value value(String word) {
    return Value.of(word.getBytes(StandardCharsets.UTF_8));
  }

  static String word(Value value) {
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }

  /// What a key shows; nothing for the empty word.
  static Optional<Record> record(String word) {
    return word.isEmpty() ? Optional.empty() : Optional.of(Record.of(version(word), value(word)));
  }

  private void tell(Optional<Record> record) {
    record.flatMap(Record::value).map(Script::word).ifPresent(told::add);
  }

  private int ask(Operation operation) {
    return history.invoke(0, 0, operation, 0);
  }
}
