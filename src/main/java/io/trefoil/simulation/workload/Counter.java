package io.trefoil.simulation.workload;

import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import java.util.Optional;

/// Clients that raise one number by compare-and-set, each so often. Right if in the end the number
/// is the count of the increments that were done, or higher by some of those nobody knows of.
public final class Counter implements Workload {

  private final SharedKey key = new SharedKey("counter");
  private final int clients;
  private final int increments;
  private final int[] left;
  private int attempts;
  private int done;
  private int unknown;
  private int busy;
  private Optional<Record> end = Optional.empty();
  private boolean read;

  /// A counter.
  ///
  /// @param clients how many raise it at the same time
  /// @param increments how often each of them does
  public Counter(int clients, int increments) {
    this.clients = clients;
    this.increments = increments;
    this.left = new int[clients];
  }

  /// How many increments were done for sure.
  public int done() {
    return done;
  }

  /// How many may or may not have been done.
  public int unknown() {
    return unknown;
  }

  @Override
  public void start(Clients users) {
    busy = clients;
    for (int client = 0; client < clients; client++) {
      left[client] = increments;
      read(users, client);
    }
  }

  @Override
  public boolean isDone() {
    return busy == 0;
  }

  @Override
  public void finish(Clients users) {
    key.finish(
        users,
        record -> {
          read = true;
          end = record;
        });
  }

  @Override
  public Optional<String> check() {
    if (!read) {
      return Optional.of("after all faults were healed the counter could not be read");
    }
    int value = number(end);
    if (value < done || value > done + unknown) {
      return Optional.of(
          "the counter is %d after %d increments that were done and %d that may have been"
              .formatted(value, done, unknown));
    }
    return Optional.empty();
  }

  private void read(Clients users, int client) {
    key.read(users, client, record -> increment(users, client, record));
  }

  private void increment(Clients users, int client, Optional<Record> before) {
    String value = number(before) + 1 + " by attempt " + ++attempts;
    unknown++;
    key.replace(
        users,
        client,
        before,
        value,
        outcome -> {
          if (count(outcome) && --left[client] == 0) {
            busy--;
          } else {
            read(users, client);
          }
        });
  }

  /// Whether the attempt is over and done with: an unknown one must not be made again. Until here
  /// it was one of those nobody knows of, and is one for good if the work ends before.
  private boolean count(Optional<Outcome> outcome) {
    if (outcome.isEmpty() || outcome.get() instanceof Outcome.Unknown) {
      return true;
    }
    unknown--;
    if (outcome.get() instanceof Outcome.Done) {
      done++;
      return true;
    }
    return false;
  }

  private static int number(Optional<Record> record) {
    return record
        .flatMap(Record::value)
        .map(value -> Integer.parseInt(Values.text(value).split(" ")[0]))
        .orElse(0);
  }
}
