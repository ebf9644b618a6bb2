package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Value;
import io.trefoil.core.register.Phase.Purpose;
import io.trefoil.core.register.RegisterMessage.Answer;
import io.trefoil.core.register.RegisterMessage.Delegate;
import io.trefoil.core.register.RegisterMessage.Delegated;
import io.trefoil.core.register.Task.Client;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Carries out client operations (protocol §4): reads in one round trip when a quorum agrees, blind
/// writes in one, changes in two; whatever stays half done is resolved or named unknown.
///
/// Every operation ends by its deadline. One whose record was never sent is then not done; one
/// whose record may have reached a replica is unknown.
public final class Coordinator {

  private final int maxOpen;
  private final HybridClock clock;
  private final Directory directory;
  private final Asking asking;
  private final Settler settler;
  private final Rounds rounds;
  private final Change change;
  private final Reads reads;
  private final BlindWrite blindWrite;
  private final Moves moves;

  /// @param maxOpen how many operations may be open before clients are told to come back later
  Coordinator(
      NodeId self,
      Directory directory,
      HybridClock clock,
      RandomGenerator random,
      Set<Rule> rules,
      int maxOpen) {
    this.maxOpen = maxOpen;
    this.clock = clock;
    this.directory = directory;
    KeyQueue queue = new KeyQueue();
    this.asking = new Asking(self, directory);
    this.settler = new Settler(directory);
    this.rounds = new Rounds(directory, clock, asking, settler, queue, rules);
    this.change = new Change(self, directory, rounds, asking, queue, random, rules);
    this.reads = new Reads(rounds, asking, change);
    this.blindWrite = new BlindWrite(rounds, change, rules);
    this.moves = new Moves(rounds, change);
  }

  /// How many operations are open, those that only wait for the last voters included.
  public int openOperations() {
    return rounds.openCount();
  }

  /// Whether a client here has been kept waiting for longer than that, by what may be too much
  /// work.
  public boolean isClientWaiting(Duration longer, Now now) {
    return rounds.isClientWaiting(longer, now);
  }

  /// A client asks.
  void asked(long number, Request request, Now now, RegisterSink out) {
    if (rounds.openCount() >= maxOpen) {
      Outcome overloaded = new Outcome.NotDone(new Outcome.Reason.Overloaded());
      out.emit(new Effect.Reply<>(number, overloaded));
      return;
    }
    Optional<Task> task = rounds.open(new Client.Local(number), request, now, out);
    task.ifPresent(t -> begin(t, now, out));
    change.takeTurns(now, out);
  }

  /// Another coordinator hands an operation over.
  void delegated(Peer from, Delegate delegate, Now now, RegisterSink out) {
    if (delegate.run() != clock.run()) {
      return;
    }
    Client client = new Client.Remote(from, delegate.exchange());
    Optional<Task> opened = rounds.open(client, delegate.request(), now, out);
    opened.ifPresent(task -> change.enter(task, now, out));
    change.takeTurns(now, out);
  }

  /// Brings all voters of a key to hold the same, if all can be reached.
  ///
  /// @return false if not
  boolean repair(Key key, Now now, RegisterSink out) {
    Optional<ReplicaSet> voters = directory.replicaSet(directory.partitionOf(key));
    if (voters.isEmpty() || !asking.areAllReachable(voters.get())) {
      return false;
    }
    look(key, now, out).ifPresent(task -> rounds.ask(task, new Phase.Checking(), now, out));
    return true;
  }

  /// Writes what a key holds once more, under a ballot above all that was promised.
  void rewrite(Key key, Now now, RegisterSink out) {
    look(key, now, out).ifPresent(task -> change.enter(task, now, out));
    change.takeTurns(now, out);
  }

  private Optional<Task> look(Key key, Now now, RegisterSink out) {
    Request request = Request.of(new Operation.Get(key, Consistency.LINEARIZABLE));
    return rounds.open(new Client.Nobody(), request, now, out);
  }

  /// A map came into force: what is under way goes on with the voters that it names.
  void mapAdopted(Now now, RegisterSink out) {
    moves.mapAdopted(now, out);
    change.takeTurns(now, out);
  }

  /// Somebody answers.
  void heard(Peer from, Answer answer, Now now, RegisterSink out) {
    rounds.find(answer.exchange()).ifPresent(task -> take(task, from.id(), answer, now, out));
    change.takeTurns(now, out);
  }

  /// An alarm went off.
  void fired(RegisterAlarm alarm, Now now, RegisterSink out) {
    switch (alarm) {
      case RegisterAlarm.RepeatDue(Exchange exchange) ->
          rounds.find(exchange).ifPresent(task -> repeatDue(task, now, out));
      case RegisterAlarm.SettleDue() -> settler.flush(out);
      case RegisterAlarm.CollectionDue(), RegisterAlarm.MergeDue(), RegisterAlarm.RepairDue() ->
          Check.that(false, "these wake the replica");
    }
    change.takeTurns(now, out);
  }

  private void begin(Task task, Now now, RegisterSink out) {
    switch (task.request.operation()) {
      case Operation.Get(_, var consistency) -> {
        switch (consistency) {
          case LINEARIZABLE -> rounds.ask(task, new Phase.Reading(), now, out);
          case ONE -> rounds.ask(task, new Phase.ReadingOne(), now, out);
        }
      }
      case Operation.Inspect _ -> rounds.ask(task, new Phase.Inspecting(), now, out);
      case Operation.Put(_, Value value, Condition condition) -> {
        if (mayWriteBlindly(task, condition)) {
          blindWrite.begin(task, value, now, out);
        } else {
          change.enter(task, now, out);
        }
      }
      case Operation.Delete _ -> change.enter(task, now, out);
    }
  }

  /// Where a quorum is not expected to answer, promises are asked for first: then nothing is sent
  /// that could leave the outcome unknown.
  private boolean mayWriteBlindly(Task task, Condition condition) {
    return condition instanceof Condition.Always
        && task.request.idempotency() == 0
        && asking.isQuorumReachable(rounds.voters(task));
  }

  private void take(Task task, NodeId from, Answer answer, Now now, RegisterSink out) {
    if (answer instanceof Delegated(_, Outcome outcome)) {
      if (task.phase instanceof Phase.Delegating(NodeId to, _) && to.equals(from)) {
        tell(task, from, true, out);
        change.handedBack(task, outcome, now, out);
      }
    } else if (task.tally.voters().contains(from)) {
      task.tally.add(from, answer);
      tell(task, from, task.tally.granted().containsKey(from), out);
      advance(task, false, now, out);
    }
  }

  private static void tell(Task task, NodeId voter, boolean granted, RegisterSink out) {
    if (task.client instanceof Client.Local(long number)) {
      out.announce(new Event.VoterAnswered(number, task.round, voter, granted));
    }
  }

  private void advance(Task task, boolean late, Now now, RegisterSink out) {
    switch (task.phase) {
      case Phase.Reading() -> reads.advance(task, late, now, out);
      case Phase.ReadingOne() -> reads.advanceOne(task, now, out);
      case Phase.Inspecting() -> reads.advanceInspection(task, out);
      case Phase.Checking() -> reads.advanceCheck(task, now, out);
      case Phase.Writing _ -> blindWrite.advance(task, late, now, out);
      case Phase.Preparing() -> change.advancePrepare(task, late, now, out);
      case Phase.Proposing(_, Purpose purpose) ->
          change.advancePropose(task, purpose, late, now, out);
      case Phase.AwaitingAll(Phase sent) -> {
        if (task.tally.isUnanimous()) {
          task.phase = sent;
          rounds.finishLingering(task, BlindWrite.done(task), out);
        }
      }
      case Phase.Lingering _ -> rounds.spread(task, out);
      case Phase.Queued(), Phase.BackingOff(), Phase.Delegating _ -> {
        // Each of these began a round in which no voter was asked anything: a hostile answer.
      }
    }
  }

  private void repeatDue(Task task, Now now, RegisterSink out) {
    if (now.nanos() >= task.deadlineNanos) {
      expire(task, out);
      return;
    }
    int round = task.round;
    switch (task.phase) {
      case Phase.BackingOff() -> change.prepare(task, now, out);
      case Phase.Delegating(NodeId to, _) -> {
        if (task.isRead() && !asking.isReachable(to)) {
          change.enter(task, now, out);
        }
      }
      case Phase.Reading _,
          Phase.ReadingOne _,
          Phase.Inspecting _,
          Phase.Checking _,
          Phase.Writing _,
          Phase.Preparing _,
          Phase.Proposing _,
          Phase.AwaitingAll _,
          Phase.Lingering _,
          Phase.Queued _ ->
          advance(task, true, now, out);
    }
    if (rounds.isOpen(task) && task.round == round) {
      rounds.askAgain(task, now, out);
    }
  }

  /// The time is up.
  private void expire(Task task, RegisterSink out) {
    switch (task.phase) {
      case Phase.Lingering _ -> rounds.close(task, out);
      case Phase.AwaitingAll _ -> rounds.finish(task, BlindWrite.done(task), out);
      case Phase.Inspecting() ->
          rounds.finish(task, new Outcome.Inspected(Asking.holdings(task.tally)), out);
      case Phase.Reading _,
          Phase.ReadingOne _,
          Phase.Checking _,
          Phase.Writing _,
          Phase.Queued _,
          Phase.Preparing _,
          Phase.Proposing _,
          Phase.BackingOff _,
          Phase.Delegating _ -> {
        Outcome.Reason reason = Asking.shortfall(task);
        boolean mayBeDone = task.mayHaveBeenSent() && !task.isRead();
        rounds.finish(
            task, mayBeDone ? new Outcome.Unknown(reason) : new Outcome.NotDone(reason), out);
      }
    }
  }
}
