package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Rule;
import io.trefoil.core.register.RegisterCache.Entry;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.Accepted;
import io.trefoil.core.register.RegisterMessage.Ask;
import io.trefoil.core.register.RegisterMessage.Outbid;
import io.trefoil.core.register.RegisterMessage.Prepare;
import io.trefoil.core.register.RegisterMessage.Promised;
import io.trefoil.core.register.RegisterMessage.Read;
import io.trefoil.core.register.RegisterMessage.Reported;
import io.trefoil.core.register.RegisterMessage.Settle;
import io.trefoil.core.register.RegisterMessage.TooFarAhead;
import io.trefoil.core.register.RegisterMessage.WrongEpoch;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The acceptor: one node's copies of the registers it votes for (protocol §4).
///
/// Promises and accepts are judged by the newest state, in the order in which they come, and are
/// answered when that state is on disk. Reads are answered from what is on disk: an accept counts
/// as having come when it is durable, so a read neither waits for a sync nor sees what a crash
/// could still take back.
///
/// It votes only in the epoch of the partition's voters that it knows, only while it may vote at
/// all, and never at or below its copy's floor.
final class Replica {

  private final NodeId self;
  private final Directory directory;
  private final HybridClock clock;
  private final Set<Rule> rules;
  private final Copies copies;
  private final Registry registry;
  private final Pending pending;
  private final Collection collection;
  private final SortedSet<Integer> copying = new TreeSet<>();
  private final Served served = new Served();
  private final Recents recents;

  Replica(
      NodeId self,
      Directory directory,
      HybridClock clock,
      Set<Rule> rules,
      Copies copies,
      Registry registry,
      Pending pending,
      Recents recents,
      Collection collection) {
    this.collection = collection;
    this.self = self;
    this.clock = clock;
    this.directory = directory;
    this.rules = rules;
    this.copies = copies;
    this.registry = registry;
    this.pending = pending;
    this.recents = recents;
  }

  /// Who waits for an answer.
  ///
  /// @param sinceNanos when it was heard
  private record Caller(Peer peer, long sinceNanos) {}

  /// A coordinator asks. Whoever may not vote is silent: it is as good as away.
  void asked(Peer from, Ask ask, Now now, RegisterSink out) {
    asked(new Caller(from, now.nanos()), ask, now, out);
  }

  private void asked(Caller from, Ask ask, Now now, RegisterSink out) {
    if (!directory.mayVote(now)) {
      return;
    }
    Subject subject = ask.subject();
    long epoch = votingEpoch(subject);
    if (epoch != subject.epoch() && (epoch == 0 || rules.contains(Rule.REFUSE_OTHER_EPOCH))) {
      out.send(from.peer(), new WrongEpoch(ask.exchange(), epoch));
      return;
    }
    Optional<Entry> entry = registry.find(subject.key());
    if (entry.isPresent()) {
      serve(entry.get(), from, ask, now, out);
    } else {
      registry.load(
          subject.partition(), subject.key(), (then, sink) -> asked(from, ask, then, sink), out);
    }
  }

  /// A coordinator says which ballots all voters hold.
  void settled(Settle settle, Now now, RegisterSink out) {
    for (RegisterMessage.Settled each : settle.settled()) {
      pending.settle(each.key(), each.ballot());
      registry
          .find(each.key())
          .filter(entry -> isForgettable(entry, each.ballot()))
          .ifPresent(entry -> collection.add(entry.partition, entry.key, each.ballot(), now, out));
    }
  }

  /// Tombstones have waited long enough. One of a clock that was ahead stays until its time has
  /// come: the floor would rise above all other keys' ballots, and each write would be refused
  /// once.
  void collectionDue(Now now, RegisterSink out) {
    collection.due(
        now,
        grave -> {
          Optional<Entry> entry =
              registry
                  .find(grave.key())
                  .filter(found -> isForgettable(found, grave.ballot()))
                  .filter(_ -> grave.ballot().at().millis() <= clock.wallMillis(now));
          if (entry.isPresent() && copying.contains(grave.partition())) {
            collection.add(grave.partition(), grave.key(), grave.ballot(), now, out);
          } else {
            entry.ifPresent(found -> collect(found, grave.ballot(), out));
          }
        },
        out);
  }

  /// A partition is being copied from others, or no longer. What they said a while ago may be older
  /// than a tombstone here: while such words are under way, the tombstone must be there to refuse
  /// them. The floor cannot: it also lies above other keys that are old, chosen and missing here.
  void copying(int partition, boolean isCopying) {
    if (isCopying) {
      copying.add(partition);
    } else {
      copying.remove(partition);
    }
  }

  /// Whether a tombstone is still all there is, in an epoch in which all voters held it: whoever
  /// voted then votes now, and nobody was promised anything newer here.
  private boolean isForgettable(Entry entry, Ballot ballot) {
    Register register = entry.latest;
    return register.accepted().equals(ballot)
        && register.promised().equals(ballot)
        && entry.unpersisted == 0
        && register.record().filter(record -> record.value().isEmpty()).isPresent()
        && directory
            .replicaSet(entry.partition)
            .filter(set -> set.isStable() && set.epoch() == ballot.epoch() && set.contains(self))
            .isPresent();
  }

  private void collect(Entry entry, Ballot ballot, RegisterSink out) {
    PartitionCopy copy =
        copies.raise(entry.partition, rules.contains(Rule.RAISE_FLOOR) ? ballot : Ballot.ZERO);
    registry.forget(entry, new RegisterWrite.Collected(copy, entry.key), out);
  }

  /// This node's epoch for the subject's partition; 0 if it does not vote for it, cannot because
  /// its copy is damaged, or if the key is not of that partition at all.
  private long votingEpoch(Subject subject) {
    return directory
        .replicaSet(subject.partition())
        .filter(set -> set.contains(self))
        .filter(_ -> !copies.isDamaged(subject.partition()))
        .filter(_ -> directory.partitionOf(subject.key()) == subject.partition())
        .map(set -> set.epoch())
        .orElse(0L);
  }

  private void serve(Entry entry, Caller from, Ask ask, Now now, RegisterSink out) {
    switch (ask) {
      case Read read -> report(entry, from, read, now, out);
      case Prepare prepare -> promise(entry, from, prepare, now, out);
      case Accept accept -> accept(entry, from, accept, now, out);
    }
  }

  private void report(Entry entry, Caller from, Read read, Now now, RegisterSink out) {
    Register register = rules.contains(Rule.PERSIST_BEFORE_ANSWER) ? entry.durable : entry.latest;
    Optional<Record> seen = register.record().filter(r -> r.visibleAt(clock.wallMillis(now)));
    announce(from, read, read.kind(), seen.isPresent(), seen, now, out);
    out.send(from.peer(), new Reported(read.exchange(), register.accepted(), register.record()));
  }

  private void promise(Entry entry, Caller from, Prepare prepare, Now now, RegisterSink out) {
    Register register = entry.latest;
    Ballot ballot = prepare.ballot();
    Ballot bid = register.promised().max(copies.floor(entry.partition));
    boolean repairs = prepare.intent().kind() == OperationKind.REPAIR;
    if (!repairs && isTooFarAhead(ballot, bid, now)) {
      out.send(from.peer(), new TooFarAhead(prepare.exchange(), clock.wallMillis(now)));
    } else if (ballot.equals(register.promised()) && ballot.above(register.accepted())) {
      registry.answer(
          entry, (_, sink) -> sink.send(from.peer(), promised(register, prepare, now)), now, out);
    } else if (!ballot.above(bid)) {
      out.send(from.peer(), new Outbid(prepare.exchange(), bid));
    } else {
      boolean refuses = refuses(prepare.intent(), register, now);
      Promised promise = promised(register, prepare, now);
      registry.persist(entry, register.promising(ballot), out);
      registry.answer(
          entry,
          (then, sink) -> {
            if (refuses) {
              OperationKind kind = prepare.intent().kind();
              announce(from, prepare, kind, false, register.record(), then, sink);
            }
            sink.send(from.peer(), promise);
          },
          now,
          out);
    }
  }

  private Promised promised(Register register, Prepare prepare, Now now) {
    int partition = prepare.subject().partition();
    Recollection memory = recents.of(prepare.intent(), now);
    return new Promised(
        prepare.exchange(),
        register.accepted(),
        register.record(),
        copies.floor(partition),
        memory.within(copies.memoryMillis(partition, now)));
  }

  private void accept(Entry entry, Caller from, Accept accept, Now now, RegisterSink out) {
    Register register = entry.latest;
    Ballot ballot = accept.ballot();
    Ballot floor = copies.floor(entry.partition);
    Ballot bid = register.promised().max(floor);
    if (ballot.equals(register.accepted())) {
      registry.answer(
          entry, (_, sink) -> sink.send(from.peer(), new Accepted(accept.exchange())), now, out);
    } else if (isTooFarAhead(ballot, bid, now)) {
      out.send(from.peer(), new TooFarAhead(accept.exchange(), clock.wallMillis(now)));
    } else if (isOutbid(accept, register) || !ballot.above(floor)) {
      out.send(from.peer(), new Outbid(accept.exchange(), bid));
    } else {
      Record record = accept.record();
      take(entry, Register.accepting(ballot, record), now, out);
      registry.answer(
          entry,
          (then, sink) -> {
            announce(from, accept, accept.kind(), true, Optional.of(record), then, sink);
            sink.send(from.peer(), new Accepted(accept.exchange()));
          },
          now,
          out);
    }
  }

  private void take(Entry entry, Register accepted, Now now, RegisterSink out) {
    recents.remember(accepted.record().orElseThrow(), accepted.accepted(), now);
    pending.add(entry.partition, entry.key, accepted.accepted(), now);
    registry.persist(entry, accepted, out);
    registry.resize(entry);
  }

  private boolean isOutbid(Accept accept, Register register) {
    int order = accept.ballot().compareTo(register.promised());
    return switch (accept.footing()) {
      case BLIND ->
          rules.contains(Rule.BLIND_ABOVE_PROMISE)
              ? order <= 0
              : !accept.ballot().above(register.accepted());
      case PREPARED -> order < 0;
    };
  }

  /// Refuses ballots from a clock that is far ahead, so that it cannot lock others out. What was
  /// let in once, before the clocks were set right, must stay beatable: hence not only the wall
  /// counts. A repair is let in: it may have to beat what one voter alone has promised to a clock
  /// that was wrong, which would else keep that voter's copy incomplete until that time has come.
  private boolean isTooFarAhead(Ballot ballot, Ballot bid, Now now) {
    long reference = Math.max(clock.wallMillis(now), bid.at().millis());
    return ballot.at().millis() > reference + HybridClock.MAX_AHEAD_MILLIS;
  }

  private boolean refuses(Intent intent, Register register, Now now) {
    return intent.kind() != OperationKind.READ
        && !intent.condition().holdsFor(register.record(), clock.wallMillis(now));
  }

  private void announce(
      Caller from,
      Ask ask,
      OperationKind kind,
      boolean success,
      Optional<Record> record,
      Now now,
      RegisterSink out) {
    boolean asked = kind != OperationKind.REPAIR && kind != OperationKind.INSPECT;
    if (asked && served.first(from.peer().id(), ask.exchange())) {
      Subject subject = ask.subject();
      long nanos = now.nanos() - from.sinceNanos();
      out.announce(
          new Event.ReplicaServed(
              kind, subject.key(), subject.partition(), success, record, nanos));
    }
  }
}
