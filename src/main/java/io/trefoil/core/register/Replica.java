package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.register.RegisterCache.Entry;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.Accepted;
import io.trefoil.core.register.RegisterMessage.Answer;
import io.trefoil.core.register.RegisterMessage.Ask;
import io.trefoil.core.register.RegisterMessage.Outbid;
import io.trefoil.core.register.RegisterMessage.Prepare;
import io.trefoil.core.register.RegisterMessage.Promised;
import io.trefoil.core.register.RegisterMessage.Read;
import io.trefoil.core.register.RegisterMessage.Reported;
import io.trefoil.core.register.RegisterMessage.Settle;
import io.trefoil.core.register.RegisterMessage.TooFarAhead;
import io.trefoil.core.register.RegisterMessage.WrongEpoch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class Replica {

  private final NodeId self;
  private final Directory directory;
  private final HybridClock clock;
  private final Set<Rule> rules;
  private final RegisterCache cache = new RegisterCache();
  private final Pending pending = new Pending();
  private final Served served = new Served();
  private final Map<Long, Loading> loading = new LinkedHashMap<>();
  private final Map<Key, Loading> loadingByKey = new LinkedHashMap<>();
  private final Map<Long, Persisting> persisting = new LinkedHashMap<>();
  private final SortedSet<Integer> damaged = new TreeSet<>();
  private final Recents recents;
  private long tickets;

  private record Loading(Subject subject, long ticket, List<Waiting> waiting) {}

  private record Waiting(Peer from, Ask ask) {}

  private record Persisting(Entry entry, Register state, List<Reply> replies) {}

  private record Reply(Peer to, Answer answer) {}

  Replica(NodeId self, Directory directory, HybridClock clock, Set<Rule> rules, Recents recents) {
    this.self = self;
    this.clock = clock;
    this.directory = directory;
    this.rules = rules;
    this.recents = recents;
  }

  /// How many keys are not yet known to be on all their voters.
  public int pendingKeys() {
    return pending.size();
  }

  /// The partitions whose copy here is damaged.
  public SortedSet<Integer> damaged() {
    return Collections.unmodifiableSortedSet(damaged);
  }

  /// Gives no vote for a partition any more. What is lost of its copy may be a promise or an accept
  /// that a quorum rests on, so not even a register that can be read may answer as if all was well.
  public void abstain(int partition) {
    damaged.add(partition);
  }

  /// A coordinator asks.
  void asked(Peer from, Ask ask, Now now, RegisterSink out) {
    Subject subject = ask.subject();
    long epoch = votingEpoch(subject);
    if (epoch != subject.epoch() && (epoch == 0 || rules.contains(Rule.REFUSE_OTHER_EPOCH))) {
      out.send(from, new WrongEpoch(ask.exchange(), epoch));
      return;
    }
    Optional<Entry> entry = cache.find(subject.key());
    if (entry.isPresent()) {
      serve(entry.get(), from, ask, now, out);
    } else {
      load(subject, new Waiting(from, ask), out);
    }
  }

  /// A coordinator says which ballots all voters hold.
  void settled(Settle settle) {
    for (RegisterMessage.Settled each : settle.settled()) {
      pending.settle(each.partition(), each.key(), each.ballot());
    }
  }

  /// The disk answers. Who waited is heard again: meanwhile this node may have ceased to vote.
  void fetched(long ticket, Register register, Now now, RegisterSink out) {
    Loading load = loaded(ticket);
    boolean mayBeForgotten = !rules.contains(Rule.REMEMBER_PROMISES);
    Register known = mayBeForgotten ? register.promising(register.accepted()) : register;
    cache.load(load.subject().key(), known);
    load.waiting().forEach(waiting -> asked(waiting.from(), waiting.ask(), now, out));
  }

  /// The disk cannot answer.
  void unreadable(long ticket, Now now, RegisterSink out) {
    if (!rules.contains(Rule.ABSTAIN_WHEN_DAMAGED)) {
      fetched(ticket, Register.EMPTY, now, out);
      return;
    }
    Loading load = loaded(ticket);
    int partition = load.subject().partition();
    if (damaged.add(partition)) {
      out.emit(new Effect.Announce<>(new Event.CopyDamaged(partition)));
    }
    load.waiting().forEach(waiting -> asked(waiting.from(), waiting.ask(), now, out));
  }

  private Loading loaded(long ticket) {
    Loading load = loading.remove(ticket);
    Check.that(load != null, () -> "a fetch is answered once: " + ticket);
    loadingByKey.remove(load.subject().key());
    return load;
  }

  /// A state is on disk.
  void persisted(long ticket, RegisterSink out) {
    Persisting done = persisting.remove(ticket);
    Check.that(done != null, () -> "a write is persisted once: " + ticket);
    done.entry().persisted(done.state());
    for (Reply reply : done.replies()) {
      out.send(reply.to(), reply.answer());
    }
  }

  /// This node's epoch for the subject's partition; 0 if it does not vote for it, cannot because
  /// its copy is damaged, or if the key is not of that partition at all.
  private long votingEpoch(Subject subject) {
    return directory
        .replicaSet(subject.partition())
        .filter(set -> set.contains(self))
        .filter(_ -> !damaged.contains(subject.partition()))
        .filter(_ -> directory.partitionOf(subject.key()) == subject.partition())
        .map(set -> set.epoch())
        .orElse(0L);
  }

  private void load(Subject subject, Waiting waiting, RegisterSink out) {
    Loading under = loadingByKey.get(subject.key());
    if (under == null) {
      under = new Loading(subject, ++tickets, new ArrayList<>());
      loading.put(under.ticket(), under);
      loadingByKey.put(subject.key(), under);
      out.emit(new Effect.Fetch<>(under.ticket(), subject.partition(), subject.key()));
    }
    under.waiting().add(waiting);
  }

  private void serve(Entry entry, Peer from, Ask ask, Now now, RegisterSink out) {
    switch (ask) {
      case Read read -> report(entry, from, read, now, out);
      case Prepare prepare -> promise(entry, from, prepare, now, out);
      case Accept accept -> accept(entry, from, accept, now, out);
    }
  }

  private void report(Entry entry, Peer from, Read read, Now now, RegisterSink out) {
    Register register = rules.contains(Rule.PERSIST_BEFORE_ANSWER) ? entry.durable : entry.latest;
    Optional<Record> seen = register.record().filter(r -> r.visibleAt(clock.wallMillis(now)));
    announce(from, read, read.kind(), seen.isPresent(), seen, out);
    out.send(from, new Reported(read.exchange(), register.accepted(), register.record()));
  }

  private void promise(Entry entry, Peer from, Prepare prepare, Now now, RegisterSink out) {
    Register register = entry.latest;
    Ballot ballot = prepare.ballot();
    if (isTooFarAhead(ballot, register, now)) {
      out.send(from, new TooFarAhead(prepare.exchange(), clock.wallMillis(now)));
    } else if (ballot.equals(register.promised()) && ballot.above(register.accepted())) {
      answer(entry, from, promised(register, prepare, now), out);
    } else if (!ballot.above(register.promised())) {
      out.send(from, new Outbid(prepare.exchange(), register.promised()));
    } else {
      announceRefusal(from, prepare, register, now, out);
      Promised promise = promised(register, prepare, now);
      persist(entry, prepare.subject(), register.promising(ballot), out);
      answer(entry, from, promise, out);
    }
  }

  private Promised promised(Register register, Prepare prepare, Now now) {
    return new Promised(
        prepare.exchange(),
        register.accepted(),
        register.record(),
        Ballot.ZERO,
        recents.of(prepare.intent(), now));
  }

  private void accept(Entry entry, Peer from, Accept accept, Now now, RegisterSink out) {
    Register register = entry.latest;
    Ballot ballot = accept.ballot();
    if (ballot.equals(register.accepted())) {
      answer(entry, from, new Accepted(accept.exchange()), out);
    } else if (isTooFarAhead(ballot, register, now)) {
      out.send(from, new TooFarAhead(accept.exchange(), clock.wallMillis(now)));
    } else if (isOutbid(accept, register)) {
      out.send(from, new Outbid(accept.exchange(), register.promised()));
    } else {
      Record record = accept.record();
      announce(from, accept, accept.kind(), true, Optional.of(record), out);
      recents.remember(record, ballot, now);
      pending.add(accept.subject().partition(), accept.subject().key(), ballot);
      persist(entry, accept.subject(), Register.accepting(ballot, record), out);
      cache.resize(entry);
      answer(entry, from, new Accepted(accept.exchange()), out);
    }
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
  /// counts.
  private boolean isTooFarAhead(Ballot ballot, Register register, Now now) {
    long reference = Math.max(clock.wallMillis(now), register.promised().at().millis());
    return ballot.at().millis() > reference + HybridClock.MAX_AHEAD_MILLIS;
  }

  private void persist(Entry entry, Subject subject, Register state, RegisterSink out) {
    entry.advance(state);
    long ticket = ++tickets;
    entry.ticket = ticket;
    persisting.put(ticket, new Persisting(entry, state, new ArrayList<>(1)));
    out.emit(
        new Effect.Persist<>(ticket, new RegisterWrite(subject.partition(), entry.key, state)));
  }

  /// Answers once all that the entry has taken so far is on disk.
  private void answer(Entry entry, Peer to, Answer answer, RegisterSink out) {
    if (entry.unpersisted == 0 || !rules.contains(Rule.PERSIST_BEFORE_ANSWER)) {
      out.send(to, answer);
    } else {
      persisting.get(entry.ticket).replies().add(new Reply(to, answer));
    }
  }

  private void announceRefusal(
      Peer from, Prepare prepare, Register register, Now now, RegisterSink out) {
    Intent intent = prepare.intent();
    if (intent.kind() != OperationKind.READ
        && !intent.condition().holdsFor(register.record(), clock.wallMillis(now))) {
      announce(from, prepare, intent.kind(), false, register.record(), out);
    }
  }

  private void announce(
      Peer from,
      Ask ask,
      OperationKind kind,
      boolean success,
      Optional<Record> record,
      RegisterSink out) {
    boolean asked = kind != OperationKind.REPAIR && kind != OperationKind.INSPECT;
    if (asked && served.first(from.id(), ask.exchange())) {
      Subject subject = ask.subject();
      out.emit(
          new Effect.Announce<>(
              new Event.ReplicaServed(kind, subject.key(), subject.partition(), success, record)));
    }
  }
}
