package io.trefoil.simulation.workload;

import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Clients that add elements to one set by compare-and-set, each its own. Right if in the end every
/// element that was added is in it, once, and no other but some of those nobody knows of.
public final class GrowingSet implements Workload {

  private final SharedKey key = new SharedKey("set");
  private final int clients;
  private final int elements;
  private final int[] added;
  private final Set<String> done = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private int attempts;
  private int busy;
  private Optional<List<String>> end = Optional.empty();

  /// A set that grows.
  ///
  /// @param clients how many add to it at the same time
  /// @param elements how many each of them adds
  public GrowingSet(int clients, int elements) {
    this.clients = clients;
    this.elements = elements;
    this.added = new int[clients];
  }

  @Override
  public void start(Clients users) {
    busy = clients;
    for (int client = 0; client < clients; client++) {
      read(users, client);
    }
  }

  @Override
  public boolean isDone() {
    return busy == 0;
  }

  @Override
  public void finish(Clients users) {
    key.finish(users, record -> end = Optional.of(elements(record)));
  }

  @Override
  public Optional<String> check() {
    return end.isEmpty()
        ? Optional.of("after all faults were healed the set could not be read")
        : wrong(end.get(), done, unknown);
  }

  /// What is wrong with a set in the end, if anything.
  static Optional<String> wrong(List<String> end, Set<String> done, Set<String> unknown) {
    List<String> wrong = new ArrayList<>();
    Set<String> found = new TreeSet<>();
    for (String element : end) {
      if (!found.add(element)) {
        wrong.add(element + " is in the set twice");
      }
      if (!done.contains(element) && !unknown.contains(element)) {
        wrong.add(element + " is in the set, but was not added");
      }
    }
    for (String element : done) {
      if (!found.contains(element)) {
        wrong.add(element + " was added, but is not in the set");
      }
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  private void read(Clients users, int client) {
    key.read(users, client, record -> add(users, client, record));
  }

  private void add(Clients users, int client, Optional<Record> before) {
    String element = client + "-" + added[client];
    List<String> grown = new ArrayList<>(elements(before));
    grown.add(element);
    grown.addFirst("attempt" + ++attempts);
    unknown.add(element);
    key.replace(
        users,
        client,
        before,
        String.join(" ", grown),
        outcome -> {
          if (isOver(element, outcome) && ++added[client] == elements) {
            busy--;
          } else {
            read(users, client);
          }
        });
  }

  /// Whether the attempt is over and done with: an unknown one must not be made again. Until here
  /// it was one of those nobody knows of, and is one for good if the work ends before.
  private boolean isOver(String element, Optional<Outcome> outcome) {
    if (outcome.isEmpty() || outcome.get() instanceof Outcome.Unknown) {
      return true;
    }
    unknown.remove(element);
    return outcome.get() instanceof Outcome.Done && done.add(element);
  }

  /// What a value lists after the number of its attempt, which makes it unlike any other.
  private static List<String> elements(Optional<Record> record) {
    return record
        .flatMap(Record::value)
        .map(value -> List.of(Values.text(value).split(" ")))
        .map(words -> words.subList(1, words.size()))
        .orElse(List.of());
  }
}
