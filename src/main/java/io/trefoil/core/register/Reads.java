package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.register.RegisterMessage.Answer;
import io.trefoil.core.register.RegisterMessage.Reported;
import java.util.Optional;

/// Reads in one round trip: if a quorum reports the same accepted ballot, its record is chosen and
/// nothing later was acknowledged before the read began. Otherwise the read becomes a change with
/// the identity function, which finishes whatever was half done.
final class Reads {

  /// How often a look at the replicas is repeated before it makes do with who answered.
  private static final int INSPECTION_REPEATS = 3;

  private final Rounds rounds;
  private final Asking asking;
  private final Change change;

  Reads(Rounds rounds, Asking asking, Change change) {
    this.rounds = rounds;
    this.asking = asking;
    this.change = change;
  }

  /// Looks at the answers of a linearizable read.
  ///
  /// @param late whether to go on without those that have not answered
  void advance(Task task, boolean late, Now now, RegisterSink out) {
    Tally tally = task.tally;
    Ballot highest = tally.highestAccepted();
    if (tally.isChosen(highest)) {
      rounds.finish(task, new Outcome.Found(visible(tally, highest, now)), out);
    } else if (tally.isQuorum() && (late || asking.hasEverybodyAnswered(tally))) {
      change.enter(task, now, out);
    }
  }

  /// Looks at the answers of a read that takes any.
  void advanceOne(Task task, Now now, RegisterSink out) {
    Tally tally = task.tally;
    if (!tally.granted().isEmpty()) {
      Optional<Record> record = visible(tally, tally.highestAccepted(), now);
      rounds.finish(task, new Outcome.Found(record), out);
    }
  }

  /// Looks at the answers of a check: if all voters hold the same, they are told; if not, it is
  /// written to all. A voter that does not answer is left for later.
  void advanceCheck(Task task, Now now, RegisterSink out) {
    if (task.tally.isAgreed()) {
      rounds.agreed(task, out);
    } else if (task.tally.isUnanimous()) {
      change.enter(task, now, out);
    } else if (task.repeats >= INSPECTION_REPEATS) {
      rounds.close(task, out);
    }
  }

  /// Looks at the answers of an inspection.
  void advanceInspection(Task task, RegisterSink out) {
    if (task.tally.isUnanimous() || task.repeats >= INSPECTION_REPEATS) {
      rounds.finish(task, new Outcome.Inspected(Asking.holdings(task.tally)), out);
    }
  }

  private Optional<Record> visible(Tally tally, Ballot ballot, Now now) {
    for (Answer answer : tally.granted().values()) {
      if (answer instanceof Reported(_, Ballot accepted, var record) && accepted.equals(ballot)) {
        return record.filter(r -> r.visibleAt(rounds.wallMillis(now)));
      }
    }
    return Optional.empty();
  }
}
