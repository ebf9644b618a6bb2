package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Version;
import io.trefoil.core.register.RegisterMessage.Delegated;
import io.trefoil.core.register.RegisterMessage.Settled;
import io.trefoil.core.register.Task.Attempt;
import io.trefoil.core.register.Task.Client;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The open operations of a coordinator, and what every path has in common: a round of questions
/// with its repetitions, the answer to the client, the end.
final class Rounds {

  private static final Duration STUCK = Duration.ofSeconds(1);

  private final Directory directory;
  private final HybridClock clock;
  private final Asking asking;
  private final Settler settler;
  private final KeyQueue queue;
  private final Set<Rule> rules;
  private final Delegations delegations = new Delegations();
  private final Map<Long, Task> open = new LinkedHashMap<>();

  Rounds(
      Directory directory,
      HybridClock clock,
      Asking asking,
      Settler settler,
      KeyQueue queue,
      Set<Rule> rules) {
    this.rules = rules;
    this.directory = directory;
    this.clock = clock;
    this.asking = asking;
    this.settler = settler;
    this.queue = queue;
  }

  int openCount() {
    return open.size();
  }

  /// Whether a client here has waited for longer than that. Who has waited for more than a second
  /// is not slowed down by work but lacks voters.
  boolean isClientWaiting(Duration longer, Now now) {
    for (Task task : open.values()) {
      long waitedNanos = now.nanos() - task.begunNanos();
      if (waitedNanos < longer.toNanos()) {
        return false;
      }
      if (task.isClientWaiting() && waitedNanos < STUCK.toNanos()) {
        return true;
      }
    }
    return false;
  }

  /// All that are open.
  List<Task> all() {
    return List.copyOf(open.values());
  }

  /// Whether an operation is still open.
  boolean isOpen(Task task) {
    return open.get(task.number) == task;
  }

  /// The open operation that an exchange belongs to, if it is still in that round.
  Optional<Task> find(Exchange exchange) {
    return Optional.ofNullable(open.get(exchange.operation()))
        .filter(task -> task.round == exchange.round());
  }

  /// Opens an operation, unless it is one that was handed over and is known already.
  Optional<Task> open(Client client, Request request, Now now, RegisterSink out) {
    if (client instanceof Client.Remote(Peer peer, Exchange exchange)
        && !delegations.begin(peer, exchange, out)) {
      return Optional.empty();
    }
    long deadline = now.nanos() + request.timeoutMillis() * 1_000_000;
    int partition = directory.partitionOf(request.operation().key());
    Task task = new Task(clock.number(), client, request, partition, deadline);
    if (directory.replicaSet(partition).isEmpty()) {
      answer(task, new Outcome.NotDone(new Outcome.Reason.NotReady()), out);
      return Optional.empty();
    }
    open.put(task.number, task);
    return Optional.of(task);
  }

  /// The voters as the map has them now.
  ReplicaSet voters(Task task) {
    return directory.replicaSet(task.partition).orElseThrow();
  }

  /// Draws the ballot for the next attempt; the first one drawn is the operation's version. It is
  /// above the attempt that it resolves, even if this node's clock was set back since: a record
  /// sent blindly under a higher ballot would win later, over what this one settles.
  void drawBallot(Task task, Now now) {
    Ballot resolved = task.attempt.map(Attempt::ballot).orElse(Ballot.ZERO);
    task.ballot = clock.draw(voters(task).epoch(), task.floor.max(resolved), now);
    if (task.version.isEmpty()) {
      task.version = Optional.of(new Version(task.ballot));
    }
  }

  /// Raises what the next ballot must exceed, by what this round's refusals named. A bid from a
  /// clock far ahead is ignored while a quorum can do without that voter: the others would refuse
  /// to follow. Not by a repair, which is there for every voter: they do follow it.
  void raiseFloor(Task task, Now now) {
    if (task.isRepair()) {
      task.floor = task.floor.max(task.tally.highestBid());
      return;
    }
    long reachMillis = clock.wallMillis(now) + HybridClock.MAX_AHEAD_MILLIS;
    Ballot bid = task.tally.bidToBeat(reachMillis);
    task.floor = task.tally.isTooFarAhead() ? bid : task.floor.max(bid);
  }

  /// The wall clock to judge by, milliseconds since 1970.
  long wallMillis(Now now) {
    return clock.wallMillis(now);
  }

  /// Begins a round: a new phase whose question is asked.
  void ask(Task task, Phase phase, Now now, RegisterSink out) {
    begin(task, phase);
    asking.first(task, now, out);
    wakeForRepeat(task, now, out);
  }

  /// Repeats the question of this round.
  void askAgain(Task task, Now now, RegisterSink out) {
    task.repeats++;
    asking.again(task, now, out);
    wakeForRepeat(task, now, out);
  }

  /// Begins a round in which nobody is asked anything, until an alarm or the deadline.
  void pause(Task task, Phase phase, Duration after, Now now, RegisterSink out) {
    begin(task, phase);
    Duration bounded = atMost(after, task, now);
    out.emit(new Effect.Wake<>(new RegisterAlarm.RepeatDue(task.exchange()), bounded));
  }

  /// Answers the client and ends the operation.
  void finish(Task task, Outcome outcome, RegisterSink out) {
    answer(task, outcome, out);
    close(task, out);
  }

  /// Answers the client; the voters that have not answered are told for a while longer.
  void finishLingering(Task task, Outcome outcome, RegisterSink out) {
    answer(task, outcome, out);
    queue.leave(task);
    task.phase = new Phase.Lingering(task.phase);
    if (!rules.contains(Rule.COLLECT_WHAT_ALL_HOLD)) {
      settle(task, out);
    }
    spread(task, out);
  }

  /// Ends a lingering operation once every voter has it, or cannot be told now.
  void spread(Task task, RegisterSink out) {
    Tally tally = task.tally;
    if (tally.isUnanimous()) {
      settle(task, out);
      close(task, out);
    } else if (tally.isRefused() || asking.hasEverybodyAnswered(tally)) {
      close(task, out);
    }
  }

  private void settle(Task task, RegisterSink out) {
    settler.add(
        task.tally.voters().all(), new Settled(task.key(), task.partition, task.ballot), out);
  }

  /// Ends the look after a key that all voters hold under one ballot.
  void agreed(Task task, RegisterSink out) {
    Ballot ballot = task.tally.highestAccepted();
    settler.add(task.tally.voters().all(), new Settled(task.key(), task.partition, ballot), out);
    close(task, out);
  }

  /// Ends an operation whose client was answered.
  void close(Task task, RegisterSink out) {
    queue.leave(task);
    if (open.remove(task.number) != null && task.client instanceof Client.Local(long number)) {
      out.announce(new Event.OperationClosed(number));
    }
  }

  private void begin(Task task, Phase phase) {
    task.phase = phase;
    task.round++;
    task.repeats = 0;
    task.tally = new Tally(voters(task));
  }

  private void wakeForRepeat(Task task, Now now, RegisterSink out) {
    Duration after = atMost(Schedule.next(task.repeats, Asking.bytes(task)), task, now);
    out.emit(new Effect.Wake<>(new RegisterAlarm.RepeatDue(task.exchange()), after));
  }

  private static Duration atMost(Duration after, Task task, Now now) {
    Duration left = Duration.ofNanos(Math.max(0, task.deadlineNanos - now.nanos()));
    return after.compareTo(left) < 0 ? after : left;
  }

  private void answer(Task task, Outcome outcome, RegisterSink out) {
    switch (task.client) {
      case Client.Local(long number) -> out.emit(new Effect.Reply<>(number, outcome));
      case Client.Nobody() -> {
        // Nobody asked.
      }
      case Client.Remote(Peer peer, Exchange exchange) ->
          delegations.end(peer, new Delegated(exchange, outcome), out);
    }
  }
}
