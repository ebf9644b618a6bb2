package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Value;
import io.trefoil.core.register.Task.Attempt;
import java.util.Set;

/// A put without a condition, in one round trip: a record is sent under a ballot nobody was asked
/// to promise. Replicas take it only above everything they have seen, so a quorum of acceptances
/// makes it chosen and later than all that was chosen before. Short of that it may or may not have
/// happened, and is resolved.
final class BlindWrite {

  private final Rounds rounds;
  private final Change change;
  private final Set<Rule> rules;

  BlindWrite(Rounds rounds, Change change, Set<Rule> rules) {
    this.rounds = rounds;
    this.change = change;
    this.rules = rules;
  }

  /// Sends the record.
  void begin(Task task, Value value, Now now, RegisterSink out) {
    rounds.drawBallot(task, now);
    if (rules.contains(Rule.RESOLVE_BEFORE_RETRY)) {
      task.attempting(new Attempt(task.ballot, now.nanos(), now.wallMillis(), rounds.voters(task)));
    }
    Record record = Record.of(task.version.orElseThrow(), value);
    rounds.ask(task, new Phase.Writing(record), now, out);
  }

  /// Looks at the answers.
  ///
  /// @param late whether a refusal is reason enough not to wait for the others
  void advance(Task task, boolean late, Now now, RegisterSink out) {
    Tally tally = task.tally;
    if (tally.isQuorum()) {
      acknowledge(rounds, task, out);
    } else if (tally.isLost() || late && tally.isRefused()) {
      rounds.raiseFloor(task, now);
      change.enter(task, now, out);
    }
  }

  /// A quorum holds the operation's record: it is done, though its client may want to wait for all.
  static void acknowledge(Rounds rounds, Task task, RegisterSink out) {
    if (task.request.ack() == Request.Ack.ALL && !task.tally.isUnanimous()) {
      task.phase = new Phase.AwaitingAll(task.phase);
    } else {
      rounds.finishLingering(task, done(task), out);
    }
  }

  /// What its client is told.
  static Outcome done(Task task) {
    return new Outcome.Done(task.version.orElseThrow(), task.tally.granted().size());
  }
}
