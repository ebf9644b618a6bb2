package io.trefoil.simulation.workload;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Many keys, each of one client: created, read, updated, every second one deleted. Right if in the
/// end each key shows what its client was told last, unless something about it is unknown.
public final class Bulk implements Workload {

  private static final int FINISHER = 1_000;

  private final int clients;
  private final int keys;
  private final Map<Key, Optional<Value>> expected = new LinkedHashMap<>();
  private final Map<Key, Optional<Value>> found = new LinkedHashMap<>();
  private int begun;
  private int busy;

  /// A bulk of work.
  ///
  /// @param clients how many work at the same time
  /// @param keys how many keys in all
  public Bulk(int clients, int keys) {
    this.clients = clients;
    this.keys = keys;
  }

  @Override
  public void start(Clients users) {
    busy = clients;
    for (int client = 0; client < clients; client++) {
      nextKey(users, client);
    }
  }

  @Override
  public boolean isDone() {
    return busy == 0;
  }

  @Override
  public void finish(Clients users) {
    for (Key key : expected.keySet()) {
      users.ask(
          FINISHER,
          read(key),
          outcome -> {
            if (outcome.isPresent() && outcome.get() instanceof Outcome.Found(var record)) {
              found.put(key, record.flatMap(Record::value));
            }
          });
    }
  }

  @Override
  public Optional<String> check() {
    List<String> wrong = new ArrayList<>();
    expected.forEach(
        (key, value) -> {
          if (!value.equals(found.get(key))) {
            wrong.add(key + " shows " + found.get(key) + ", not " + value);
          }
        });
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  private void nextKey(Clients users, int client) {
    if (begun == keys) {
      busy--;
      return;
    }
    int number = begun++;
    Key key = new Key("key" + number);
    Value first = Values.of("first of " + number);
    Value second = Values.of("second of " + number);
    List<Operation> steps = new ArrayList<>();
    steps.add(new Operation.Put(key, first, new Condition.Absent()));
    steps.add(read(key));
    steps.add(new Operation.Put(key, second, new Condition.Present()));
    if (number % 2 == 0) {
      steps.add(new Operation.Delete(key, new Condition.Present()));
    }
    step(users, client, steps);
  }

  /// Does the next step. While it is under way nothing is expected of the key, and after one that
  /// did not end well, or that the end of the work cut off, nothing any more.
  private void step(Clients users, int client, List<Operation> steps) {
    if (steps.isEmpty()) {
      nextKey(users, client);
      return;
    }
    Operation operation = steps.removeFirst();
    Optional<Value> before = expected.remove(operation.key());
    users.ask(
        client,
        operation,
        outcome -> {
          if (outcome.filter(Bulk::isDone).isPresent()) {
            expected.put(operation.key(), after(operation, before));
            step(users, client, steps);
          } else {
            nextKey(users, client);
          }
        });
  }

  private static Optional<Value> after(Operation operation, Optional<Value> before) {
    return switch (operation) {
      case Operation.Put(var _, var value, var _) -> Optional.of(value);
      case Operation.Delete _ -> Optional.empty();
      case Operation.Get _, Operation.Inspect _ -> before;
    };
  }

  private static boolean isDone(Outcome outcome) {
    return outcome instanceof Outcome.Done || outcome instanceof Outcome.Found;
  }

  private static Operation read(Key key) {
    return new Operation.Get(key, Consistency.LINEARIZABLE);
  }
}
