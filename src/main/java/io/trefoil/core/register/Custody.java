package io.trefoil.core.register;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import io.trefoil.core.register.RegisterCache.Entry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happens to a replica's copies of whole partitions: they begin and go with the map, take in
/// what other voters hold, and are dropped when nobody needs them any more.
final class Custody {

  /// How long after a key is written anew it is looked whether that was done.
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final NodeId self;
  private final Directory directory;
  private final Copies copies;
  private final Registry registry;
  private final Pending pending;
  private final Recents recents;
  private final Coordinator coordinator;
  private final ArrayDeque<Long> installed = new ArrayDeque<>();
  private final List<Stalled> stalled = new ArrayList<>();

  Custody(
      NodeId self,
      Directory directory,
      Copies copies,
      Registry registry,
      Pending pending,
      Recents recents,
      Coordinator coordinator) {
    this.coordinator = coordinator;
    this.self = self;
    this.directory = directory;
    this.copies = copies;
    this.registry = registry;
    this.pending = pending;
    this.recents = recents;
  }

  /// A record that a promise made here keeps out for now.
  private record Stalled(Stored stored, Merge merge) {}

  /// One page of another's copy being taken in.
  private static final class Merge {
    final int partition;
    final long ticket;

    /// How often the copy had been erased when this began: the page is of no other stay.
    final long erasures;

    int open = 1;

    Merge(int partition, long ticket, long erasures) {
      this.partition = partition;
      this.ticket = ticket;
      this.erasures = erasures;
    }
  }

  /// A map came into force, or the run begins under the one it ended with.
  void adopt(Now now, RegisterSink out) {
    RegisterWrite.Copied change = copies.adopt(now);
    for (int partition : change.erased()) {
      registry.erase(partition);
    }
    for (int partition = 0; partition < directory.partitions(); partition++) {
      boolean votes = directory.replicaSet(partition).filter(s -> s.contains(self)).isPresent();
      if (!votes || change.erased().contains(partition)) {
        pending.settle(partition, Long.MAX_VALUE);
      }
    }
    if (!change.kept().isEmpty()) {
      registry.write(change, (_, _) -> {}, out);
    }
  }

  /// Whether there is a copy of a partition, empty or not.
  boolean holds(int partition) {
    return copies.of(partition).isPresent();
  }

  /// Forgets the copy of a partition that this node does not vote for.
  void drop(int partition, RegisterSink out) {
    boolean votes = directory.replicaSet(partition).filter(s -> s.contains(self)).isPresent();
    if (!votes && holds(partition)) {
      copies.drop(partition);
      registry.erase(partition);
      registry.write(new RegisterWrite.Copied(List.of(), List.of(partition)), (_, _) -> {}, out);
    }
  }

  /// Takes in what another voter of the partition's present epoch has accepted, as if its accepts
  /// had come here, late: nothing is taken that a promise made here rules out. Such a key is
  /// written anew, above that promise, and the page is not done before this node has accepted it: a
  /// copy that lacks a chosen record must not count as complete. The floor rules out nothing here:
  /// it is raised by one key's tombstone, and what others accepted below it may well be chosen.
  /// What keeps a forgotten tombstone's past out is that none is forgotten while a copy is under
  /// way.
  ///
  /// @param floor the other's
  /// @param ticket told by [#takeInstalled] when all of it is durable
  void install(
      int partition, List<Stored> entries, Ballot floor, long ticket, Now now, RegisterSink out) {
    Merge merge = new Merge(partition, ticket, registry.erasuresOf(partition));
    Optional<PartitionCopy> copy = copies.of(partition);
    if (copy.isPresent()) {
      merge.open += entries.size();
      if (floor.above(copy.get().floor())) {
        merge.open++;
        PartitionCopy raised = copies.raise(partition, floor);
        registry.write(
            new RegisterWrite.Copied(List.of(raised), List.of()), (_, _) -> finish(merge), out);
      }
      entries.forEach(stored -> merge(stored, merge, now, out));
    }
    finish(merge);
  }

  /// While a register was loaded, or a promise kept it out, the copy may have been erased or
  /// dropped: what was still written then would be met again when this node comes back into the
  /// set.
  private void merge(Stored stored, Merge merge, Now now, RegisterSink out) {
    if (merge.erasures != registry.erasuresOf(merge.partition)) {
      return;
    }
    Optional<Entry> found = registry.find(stored.key());
    if (found.isEmpty()) {
      registry.load(
          merge.partition, stored.key(), (then, sink) -> merge(stored, merge, then, sink), out);
      return;
    }
    Entry entry = found.get();
    Ballot accepted = stored.register().accepted();
    boolean news = accepted.above(entry.latest.accepted());
    if (news && entry.latest.promised().above(accepted)) {
      stall(stored, merge, now, out);
    } else {
      if (news) {
        take(entry, stored.register(), now, out);
      }
      registry.whenDurable(entry, (_, _) -> finish(merge), now, out);
    }
  }

  private void stall(Stored stored, Merge merge, Now now, RegisterSink out) {
    if (stalled.isEmpty()) {
      out.emit(new Effect.Wake<>(new RegisterAlarm.MergeDue(), LOOK_AGAIN));
    }
    stalled.add(new Stalled(stored, merge));
    coordinator.rewrite(stored.key(), now, out);
  }

  /// Looks again whether what could not be taken was written anew.
  void mergeDue(Now now, RegisterSink out) {
    List<Stalled> again = List.copyOf(stalled);
    stalled.clear();
    again.forEach(each -> merge(each.stored, each.merge, now, out));
  }

  private void take(Entry entry, Register theirs, Now now, RegisterSink out) {
    recents.remember(theirs.record().orElseThrow(), theirs.accepted(), now);
    registry.persist(
        entry, Register.accepting(theirs.accepted(), theirs.record().orElseThrow()), out);
    registry.resize(entry);
  }

  private void finish(Merge merge) {
    if (--merge.open == 0) {
      installed.add(merge.ticket);
    }
  }

  /// The next page that is durable, by its ticket.
  Optional<Long> takeInstalled() {
    return Optional.ofNullable(installed.poll());
  }
}
