package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Remembered;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.register.Recollection.Acceptance;
import io.trefoil.core.register.RegisterMessage.Answer;
import io.trefoil.core.register.RegisterMessage.Promised;
import io.trefoil.core.register.Task.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Judges an operation by a quorum of promises: a pure function, the heart of the protocol.
///
/// Three things are settled in this order.
/// 1. **Was it done already?** If the highest record carries the operation's own version, an
///    earlier accept of it survived; accepting that record again under the new ballot finishes it.
/// 2. **Is the ground firm?** If the highest accepted ballot is not held by a quorum, its record
///    may or may not be chosen. It is first accepted again under this ballot. A change built
///    straight on it would make it part of history, while its own writer could still find it on no
///    quorum and apply it a second time.
/// 3. **Can it still turn up?** If an accept was sent earlier and no replica of this quorum
///    remembers it, it never happened and never will: the quorum has promised more since. But a
///    replica that forgot cannot testify; then nobody can say, and the outcome is unknown.
final class Judge {

  /// How long an Idempotency-Key is remembered.
  static final long IDEMPOTENCY_MILLIS = 60_000;

  /// How many operations with an Idempotency-Key a record remembers.
  static final int MEMORY = 16;

  /// Durations measured on two machines are compared with this much room.
  private static final long SPAN_MARGIN_MILLIS = 100;

  private final Task task;
  private final Set<Rule> rules;
  private final Now now;
  private final long wallMillis;
  private final List<Promised> promises = new ArrayList<>();
  private final Optional<Record> current;
  private final boolean chosen;

  /// @param wallMillis the coordinator's corrected wall clock
  Judge(Task task, Set<Rule> rules, Now now, long wallMillis) {
    this.task = task;
    this.rules = rules;
    this.now = now;
    this.wallMillis = wallMillis;
    for (Answer answer : task.tally.granted().values()) {
      if (answer instanceof Promised promised) {
        promises.add(promised);
      }
    }
    Ballot highest = task.tally.highestAccepted();
    this.current = recordAt(highest);
    this.chosen = task.tally.isChosen(highest);
  }

  /// What to do next.
  Decision decide() {
    if (task.attempted && current.isPresent() && isOwn(current.get())) {
      return new Decision.Finish(current.get());
    }
    if (!chosen && !task.isRead() && rules.contains(Rule.BUILD_ON_CHOSEN)) {
      return new Decision.Repair(current.orElseThrow());
    }
    if (mayHaveHappened()) {
      return new Decision.Conclude(new Outcome.Unknown(new Reason.Forgotten()));
    }
    return task.request.idempotency() == 0 ? evaluate() : evaluateOnce();
  }

  private boolean mayHaveHappened() {
    return task.attempt.isPresent()
        && rules.contains(Rule.RESOLVE_BY_MEMORY)
        && !isForgottenByNone(task.attempt.get());
  }

  /// Whether the quorum testifies that no record of the version was chosen and that none will be:
  /// none of it accepted one, and those whose memory reaches back are, of the voters of every epoch
  /// to whom one was sent, so many that the others cannot have chosen it. All of them have promised
  /// more since, in this epoch.
  private boolean isForgottenByNone(Attempt attempt) {
    long elapsed =
        Math.max(
            (now.nanos() - attempt.nanos()) / 1_000_000, now.wallMillis() - attempt.wallMillis());
    List<NodeId> witnesses = new ArrayList<>();
    for (var granted : task.tally.granted().entrySet()) {
      if (granted.getValue() instanceof Promised promise) {
        if (promise.recollection().accepted() || !attempt.ballot().above(promise.floor())) {
          return false;
        }
        if (promise.recollection().spanMillis() > elapsed + SPAN_MARGIN_MILLIS) {
          witnesses.add(granted.getKey());
        }
      }
    }
    return Quorum.isBlocked(attempt.voters(), witnesses)
        && task.laterVoters.stream().allMatch(set -> Quorum.isBlocked(set, witnesses));
  }

  /// Evaluates an operation that carries an Idempotency-Key: if it was done before, that is its
  /// outcome. The record itself remembers what it came from; blind writes break that chain, so the
  /// replicas' memories are asked too. They prove it only if a quorum accepted it under one ballot.
  private Decision evaluateOnce() {
    Optional<Version> before = remembered(current);
    if (before.isPresent()) {
      return settle(new Outcome.Done(before.get(), task.tally.granted().size()));
    }
    List<Acceptance> seen =
        promises.stream().flatMap(p -> p.recollection().sameKey().stream()).toList();
    if (!seen.isEmpty()) {
      boolean byAll = seen.size() == promises.size() && seen.stream().distinct().count() == 1;
      return new Decision.Conclude(
          byAll
              ? new Outcome.Done(seen.getFirst().version(), seen.size())
              : new Outcome.Unknown(new Reason.Forgotten()));
    }
    return mayHaveForgottenKey()
        ? new Decision.Conclude(new Outcome.Unknown(new Reason.Forgotten()))
        : evaluate();
  }

  private Optional<Version> remembered(Optional<Record> record) {
    return record.stream()
        .flatMap(r -> r.memory().stream())
        .filter(r -> r.idempotency() == task.request.idempotency())
        .map(Remembered::version)
        .findFirst();
  }

  /// Whether the key was written blindly within the last minute and a replica restarted since.
  private boolean mayHaveForgottenKey() {
    boolean young =
        promises.stream().anyMatch(p -> p.recollection().spanMillis() < IDEMPOTENCY_MILLIS);
    return young
        && current
            .filter(r -> r.memory().isEmpty())
            .filter(r -> r.version().millis() > wallMillis - IDEMPOTENCY_MILLIS)
            .isPresent();
  }

  private Decision evaluate() {
    return switch (task.request.operation()) {
      case Operation.Get _, Operation.Inspect _ -> settle(new Outcome.Found(visible()));
      case Operation.Put(_, Value value, Condition condition) ->
          condition.holdsFor(current, wallMillis) ? write(Optional.of(value)) : refuse();
      case Operation.Delete(_, Condition condition) ->
          condition.holdsFor(current, wallMillis) ? write(Optional.empty()) : refuse();
    };
  }

  private Decision write(Optional<Value> value) {
    Version version = task.version.orElseThrow();
    return new Decision.Write(new Record(version, value, 0, memory(version)));
  }

  private List<Remembered> memory(Version version) {
    List<Remembered> memory = new ArrayList<>();
    current.ifPresent(
        r ->
            r.memory().stream()
                .filter(m -> m.version().millis() > wallMillis - IDEMPOTENCY_MILLIS)
                .forEach(memory::add));
    if (task.request.idempotency() != 0) {
      memory.add(new Remembered(task.request.idempotency(), version));
    }
    return memory.size() > MEMORY
        ? List.copyOf(memory.subList(memory.size() - MEMORY, memory.size()))
        : List.copyOf(memory);
  }

  /// A refusal stands on a chosen record. If an accept of this operation may still lie at some
  /// voter outside the quorum, what was judged must also be accepted above it.
  private Decision refuse() {
    return settle(new Outcome.Refused(visible()));
  }

  private Decision settle(Outcome outcome) {
    boolean nothingToWrite = task.isRepair() ? current.isEmpty() : chosen && !task.attempted;
    if (nothingToWrite) {
      return new Decision.Conclude(outcome);
    }
    Record ground = current.orElseGet(() -> Record.tombstone(new Version(task.ballot)));
    return new Decision.Settle(ground, outcome);
  }

  private Optional<Record> visible() {
    return current.filter(r -> r.visibleAt(wallMillis));
  }

  private boolean isOwn(Record record) {
    return task.version.filter(record.version()::equals).isPresent();
  }

  private Optional<Record> recordAt(Ballot ballot) {
    return promises.stream()
        .filter(p -> p.accepted().equals(ballot))
        .findFirst()
        .flatMap(Promised::record);
  }
}
