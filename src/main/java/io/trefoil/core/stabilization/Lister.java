package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.register.Directory;
import io.trefoil.core.register.Quorum;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.core.stabilization.StabilizationAlarm.ListDue;
import io.trefoil.core.stabilization.StabilizationMessage.ListKeys;
import io.trefoil.core.stabilization.StabilizationMessage.ListedKeys;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/// Lists the keys of a partition as a quorum of its voters knows them, for whoever asks this node.
///
/// No key that has a value during the whole of it is missing. For each voter answers with what is
/// on its disk after it was asked, in the epoch it was asked in; and whatever a quorum of that
/// epoch, or of an earlier one, had chosen, one of any quorum of it holds (protocol §4). A part
/// ends where the first of the voters' parts ends: up to there all of them have told. What is
/// listed may be a tombstone, or a write that is not chosen yet: only a read tells.
final class Lister {

  private static final int AT_ONCE = 64;
  private static final long FIRST_REPEAT_MILLIS = 100;
  private static final int DOUBLINGS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Directory directory;
  private final LongSupplier numbers;
  private final Map<Long, Listing> open = new LinkedHashMap<>();

  /// One list under way: who has told what, in which epoch of the partition.
  private static final class Listing {

    final Command.ListKeys command;
    final long begunNanos;
    final Map<NodeId, ListedKeys> told = new LinkedHashMap<>();
    long number;
    long epoch;
    int repeats;

    Listing(Command.ListKeys command, long begunNanos) {
      this.command = command;
      this.begunNanos = begunNanos;
    }
  }

  /// @param numbers draws numbers of questions
  Lister(Directory directory, LongSupplier numbers) {
    this.directory = directory;
    this.numbers = numbers;
  }

  /// Somebody asks.
  void begin(Command.ListKeys command, Turn turn) {
    if (open.size() >= AT_ONCE) {
      refuse(command, "too many lists are under way here", turn);
      return;
    }
    ask(new Listing(command, turn.nanos()), turn);
  }

  /// A voter tells its keys.
  void listed(Peer from, ListedKeys keys, Turn turn) {
    Listing listing = open.get(keys.number());
    if (listing == null) {
      return;
    }
    Optional<ReplicaSet> set =
        directory.replicaSet(listing.command.partition()).filter(s -> s.contains(from.id()));
    if (set.isEmpty() || set.get().epoch() != listing.epoch) {
      return;
    }
    listing.told.put(from.id(), keys);
    if (Quorum.isMet(set.get(), listing.told.keySet())) {
      open.remove(listing.number);
      turn.cancel(new ListDue(listing.number));
      turn.announce(merged(listing));
    }
  }

  /// Too few have told for a while.
  void due(long number, Turn turn) {
    Listing listing = open.get(number);
    if (listing == null) {
      return;
    }
    open.remove(number);
    if (turn.nanos() - listing.begunNanos >= PATIENCE.toNanos()) {
      refuse(listing.command, "too few of the partition's voters told their keys", turn);
    } else {
      listing.repeats++;
      ask(listing, turn);
    }
  }

  /// Asks who has not told yet. Where the voters have changed meanwhile, that is all of them, under
  /// another number: what was told in the epoch before counts no more, also if it comes late.
  private void ask(Listing listing, Turn turn) {
    int partition = listing.command.partition();
    Optional<ReplicaSet> set = directory.replicaSet(partition);
    long epoch = set.map(ReplicaSet::epoch).orElse(0L);
    if (listing.number == 0 || listing.epoch != epoch) {
      listing.number = numbers.getAsLong();
      listing.epoch = epoch;
      listing.told.clear();
    }
    open.put(listing.number, listing);
    long millis = FIRST_REPEAT_MILLIS << Math.min(listing.repeats, DOUBLINGS);
    turn.wake(new ListDue(listing.number), Duration.ofMillis(millis));
    var question = new ListKeys(listing.number, partition, epoch, listing.command.after());
    set.map(ReplicaSet::all).orElse(List.of()).stream()
        .filter(voter -> !listing.told.containsKey(voter))
        .forEach(voter -> turn.send(directory.peer(voter), question));
  }

  private static void refuse(Command.ListKeys command, String why, Turn turn) {
    turn.announce(new Event.OrderAnswered(command.number(), Optional.of(why)));
  }

  private static Event.KeysListed merged(Listing listing) {
    Optional<Key> next =
        listing.told.values().stream().flatMap(told -> told.next().stream()).min(Key::compareTo);
    var keys = new TreeSet<Key>();
    for (ListedKeys told : listing.told.values()) {
      told.keys().stream()
          .filter(key -> next.isEmpty() || key.compareTo(next.get()) <= 0)
          .forEach(keys::add);
    }
    return new Event.KeysListed(listing.command.number(), List.copyOf(keys), next);
  }
}
