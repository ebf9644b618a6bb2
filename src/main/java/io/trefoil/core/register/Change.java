package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Rule;
import io.trefoil.core.register.Phase.Purpose;
import io.trefoil.core.register.Task.Attempt;
import io.trefoil.core.register.Task.Client;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The path of two round trips: prepare, judge, propose. Creates, updates, deletes,
/// compare-and-set, reads that found disagreement, and blind writes that must be resolved all go
/// through it.
///
/// Whoever is outbid raises its ballot and pauses at random, or hands its operation to the key's
/// first live voter, where all of them queue up instead of outbidding each other. Only an operation
/// whose record was not sent yet is handed over, once, and a change is never taken back: if the
/// voter was only slow it would still carry it out, after its asker had found the condition broken
/// and answered refused (docs/decisions/0007).
final class Change {

  private static final int MAX_PAUSE_DOUBLINGS = 6;

  private final NodeId self;
  private final Directory directory;
  private final Rounds rounds;
  private final Asking asking;
  private final KeyQueue queue;
  private final RandomGenerator random;
  private final Set<Rule> rules;

  Change(
      NodeId self,
      Directory directory,
      Rounds rounds,
      Asking asking,
      KeyQueue queue,
      RandomGenerator random,
      Set<Rule> rules) {
    this.self = self;
    this.directory = directory;
    this.rounds = rounds;
    this.asking = asking;
    this.queue = queue;
    this.random = random;
    this.rules = rules;
  }

  /// Takes this path, when it is the task's turn.
  void enter(Task task, Now now, RegisterSink out) {
    if (queue.enter(task)) {
      prepare(task, now, out);
    } else {
      rounds.pause(task, new Phase.Queued(), remaining(task, now), now, out);
    }
  }

  /// Lets those go on whose turn has come.
  void takeTurns(Now now, RegisterSink out) {
    Optional<Task> next = queue.nextTurn();
    while (next.isPresent()) {
      prepare(next.get(), now, out);
      next = queue.nextTurn();
    }
  }

  /// Asks for promises under a new ballot.
  void prepare(Task task, Now now, RegisterSink out) {
    rounds.drawBallot(task, now);
    rounds.ask(task, new Phase.Preparing(), now, out);
  }

  /// Looks at the promises. A repair wants those of all voters that answer.
  ///
  /// @param late whether to go on without those that have not answered
  void advancePrepare(Task task, boolean late, Now now, RegisterSink out) {
    Tally tally = task.tally;
    if (task.isRepair() && tally.highestBid().above(task.ballot)) {
      contend(task, now, out);
    } else if (tally.isQuorum()) {
      boolean settled = tally.isChosen(tally.highestAccepted());
      if (settled || late || asking.hasEverybodyAnswered(tally)) {
        judge(task, now, out);
      }
    } else if (tally.isLost() || late && tally.isRefused()) {
      contend(task, now, out);
    }
  }

  private void judge(Task task, Now now, RegisterSink out) {
    switch (new Judge(task, rules, now, rounds.wallMillis(now)).decide()) {
      case Decision.Finish(Record record) -> propose(task, record, new Purpose.Own(), now, out);
      case Decision.Repair(Record record) -> propose(task, record, new Purpose.Repair(), now, out);
      case Decision.Write(Record record) -> {
        task.attempt = Optional.empty();
        task.attempting(
            new Attempt(task.ballot, now.nanos(), now.wallMillis(), task.tally.voters()));
        propose(task, record, new Purpose.Own(), now, out);
      }
      case Decision.Settle(Record record, Outcome outcome) ->
          propose(task, record, new Purpose.Settling(outcome), now, out);
      case Decision.Doubt() -> doubt(task, now, out);
      case Decision.Conclude(Outcome outcome) -> rounds.finish(task, outcome, out);
    }
  }

  /// Every voter may know what the others do not: all are heard, as long as there is time, before
  /// anybody is told that the outcome is unknown.
  private void doubt(Task task, Now now, RegisterSink out) {
    if (task.tally.isRefused()) {
      contend(task, now, out);
    } else if (asking.hasEverybodyAnswered(task.tally)) {
      Outcome unknown = new Outcome.Unknown(new Outcome.Reason.Forgotten());
      rounds.finish(task, unknown, out);
    }
  }

  private void propose(Task task, Record record, Purpose purpose, Now now, RegisterSink out) {
    if (purpose instanceof Purpose.Own) {
      task.sendingTo(rounds.voters(task));
    }
    rounds.ask(task, new Phase.Proposing(record, purpose), now, out);
  }

  /// Looks at the acceptances.
  ///
  /// @param late whether a refusal is reason enough not to wait for the others
  void advancePropose(Task task, Purpose purpose, boolean late, Now now, RegisterSink out) {
    if (task.tally.isQuorum()) {
      switch (purpose) {
        case Purpose.Own() -> BlindWrite.acknowledge(rounds, task, out);
        case Purpose.Repair() -> prepare(task, now, out);
        case Purpose.Settling(Outcome outcome) -> rounds.finishLingering(task, outcome, out);
      }
    } else if (task.tally.isLost() || late && task.tally.isRefused()) {
      contend(task, now, out);
    }
  }

  /// Others were faster.
  private void contend(Task task, Now now, RegisterSink out) {
    boolean outbid = task.tally.highestBid().above(task.ballot);
    rounds.raiseFloor(task, now);
    task.contentions++;
    Optional<Phase.Delegating> voter = outbid ? firstVoter(task) : Optional.empty();
    if (voter.isPresent()) {
      queue.leave(task);
      rounds.ask(task, voter.get(), now, out);
    } else {
      rounds.pause(task, new Phase.BackingOff(), pauseAtRandom(task), now, out);
    }
  }

  /// To whom the operation may be handed over, if to anybody.
  private Optional<Phase.Delegating> firstVoter(Task task) {
    if (task.attempted || !(task.client instanceof Client.Local)) {
      return Optional.empty();
    }
    return asking
        .firstReachable(rounds.voters(task))
        .filter(voter -> !voter.equals(self))
        .map(voter -> new Phase.Delegating(voter, directory.runOf(voter)))
        .filter(voter -> voter.run() > 0);
  }

  private Duration pauseAtRandom(Task task) {
    int mostMillis = 2 << Math.min(task.contentions, MAX_PAUSE_DOUBLINGS);
    return Duration.ofNanos(1 + random.nextLong(mostMillis * 1_000_000L));
  }

  /// The voter that was to run the operation answers. One that is not ready will never run it.
  void handedBack(Task task, Outcome outcome, Now now, RegisterSink out) {
    if (outcome instanceof Outcome.NotDone(Outcome.Reason.NotReady())) {
      enter(task, now, out);
    } else {
      rounds.finish(task, outcome, out);
    }
  }

  private static Duration remaining(Task task, Now now) {
    return Duration.ofNanos(Math.max(0, task.deadlineNanos - now.nanos()));
  }
}
