package io.trefoil.simulation.workload;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A key that several clients change by compare-and-set.
final class SharedKey {

  private static final Duration AGAIN = Duration.ofMillis(10);
  private static final int FINISHER = 1_000;

  private final Key key;
  private final Operation read;

  SharedKey(String key) {
    this.key = new Key(key);
    this.read = new Operation.Get(this.key, Consistency.LINEARIZABLE);
  }

  /// Reads it for a client, again and again until that succeeds.
  void read(Clients users, int client, Consumer<Optional<Record>> reader) {
    users.ask(
        client,
        read,
        outcome -> {
          if (outcome.isPresent() && outcome.get() instanceof Outcome.Found(var record)) {
            reader.accept(record);
          } else {
            users.after(AGAIN, () -> read(users, client, reader));
          }
        });
  }

  /// Puts a value for a client if what it read is still there.
  ///
  /// @param outcome hears what came of it; empty if nobody answered
  void replace(
      Clients users,
      int client,
      Optional<Record> before,
      String value,
      Consumer<Optional<Outcome>> outcome) {
    Condition condition =
        before
            .<Condition>map(record -> new Condition.VersionIn(List.of(record.version())))
            .orElse(new Condition.Absent());
    users.ask(client, new Operation.Put(key, Values.of(value), condition), outcome);
  }

  /// Reads it once, at the end; the reader hears nothing if that fails.
  void finish(Clients users, Consumer<Optional<Record>> reader) {
    users.ask(
        FINISHER,
        read,
        outcome -> {
          if (outcome.isPresent() && outcome.get() instanceof Outcome.Found(var record)) {
            reader.accept(record);
          }
        });
  }
}
