package io.trefoil.simulation.workload;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Several clients on a few keys at a time with all kinds of operations: blind writes, creates,
/// updates, deletes, compare-and-set, reads, some of them repeated with an Idempotency-Key until
/// they are known to be done. After so many operations a key makes room for a new one, so that
/// histories stay short enough to be judged exactly. Right if every key's history is linearizable,
/// the reads at the end included.
public final class RegisterMix implements Workload {

  private static final int FINISHER = 1_000;

  private final Shape shape;
  private final Map<Key, Integer> used = new LinkedHashMap<>();
  private final Map<Key, Version> seen = new LinkedHashMap<>();
  private final List<Key> current = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private Optional<Key> last = Optional.empty();
  private int values;
  private int busy;

  /// How much of everything.
  ///
  /// @param clients how many, each with one operation under way at most
  /// @param keysAtOnce how many keys they work on at one time
  /// @param keys how many keys in all
  /// @param operations how many on each key
  /// @param pause the mean time from an answer to the client's next operation
  /// @param together whether every other operation is on the key that another was on just before,
  ///   so that many keys at once are fought over, too
  /// @param insisting one write in so many carries an Idempotency-Key and is repeated until it is
  ///   known to be done
  public record Shape(
      int clients,
      int keysAtOnce,
      int keys,
      int operations,
      Duration pause,
      boolean together,
      int insisting) {}

  /// A mix of that shape.
  public RegisterMix(Shape shape) {
    this.shape = shape;
  }

  /// How many keys were worked on: how many histories there are.
  public int histories() {
    return used.size();
  }

  @Override
  public void start(Clients clients) {
    busy = shape.clients();
    for (int client = 0; client < shape.clients(); client++) {
      next(clients, client);
    }
  }

  @Override
  public boolean isDone() {
    return busy == 0;
  }

  @Override
  public void finish(Clients clients) {
    for (Key key : used.keySet()) {
      var read = new Operation.Get(key, Consistency.LINEARIZABLE);
      unread.add(key.text());
      clients.ask(
          FINISHER,
          read,
          outcome -> {
            if (outcome.isPresent() && outcome.get() instanceof Outcome.Found) {
              unread.remove(key.text());
            }
          });
    }
  }

  @Override
  public Optional<String> check() {
    return unread.isEmpty()
        ? Optional.empty()
        : Optional.of("after all faults were healed these keys could not be read: " + unread);
  }

  private void next(Clients clients, int client) {
    Optional<Key> key = choose(clients.random());
    if (key.isEmpty()) {
      busy--;
      return;
    }
    Operation operation = operation(key.get(), clients.random());
    Consumer<Optional<Outcome>> then =
        outcome -> {
          outcome.ifPresent(o -> learn(key.get(), o));
          clients.after(pause(clients.random()), () -> next(clients, client));
        };
    if (operation instanceof Operation.Get || clients.random().nextInt(shape.insisting()) > 0) {
      clients.ask(client, operation, then);
    } else {
      clients.insist(client, operation, then);
    }
  }

  private Duration pause(RandomGenerator random) {
    return Duration.ofNanos((long) (shape.pause().toNanos() * random.nextExponential()));
  }

  private Optional<Key> choose(RandomGenerator random) {
    current.removeIf(key -> used.get(key) >= shape.operations());
    while (current.size() < shape.keysAtOnce() && used.size() < shape.keys()) {
      var key = new Key("key" + used.size());
      used.put(key, 0);
      current.add(key);
    }
    if (current.isEmpty()) {
      return Optional.empty();
    }
    boolean again = shape.together() && last.filter(current::contains).isPresent();
    Key key =
        again && random.nextBoolean()
            ? last.orElseThrow()
            : current.get(random.nextInt(current.size()));
    last = Optional.of(key);
    used.merge(key, 1, Integer::sum);
    return last;
  }

  private Operation operation(Key key, RandomGenerator random) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new Operation.Get(key, Consistency.LINEARIZABLE);
      case 3, 4, 5 -> put(key, new Condition.Always());
      case 6 -> put(key, new Condition.Absent());
      case 7 -> put(key, new Condition.Present());
      case 8 -> new Operation.Delete(key, new Condition.Present());
      case 9 -> new Operation.Delete(key, lastSeen(key));
      default -> put(key, lastSeen(key));
    };
  }

  private Operation put(Key key, Condition condition) {
    return new Operation.Put(key, Values.of("v" + ++values), condition);
  }

  private Condition lastSeen(Key key) {
    Version version = seen.get(key);
    return version == null ? new Condition.Present() : new Condition.VersionIn(List.of(version));
  }

  private void learn(Key key, Outcome outcome) {
    Optional<Version> version =
        switch (outcome) {
          case Outcome.Found(var record) -> record.map(Record::version);
          case Outcome.Refused(var current) -> current.map(Record::version);
          case Outcome.Done(var written, var _) -> Optional.of(written);
          case Outcome.Inspected _, Outcome.NotDone _, Outcome.Unknown _ -> Optional.empty();
        };
    version.ifPresent(v -> seen.put(key, v));
  }
}
