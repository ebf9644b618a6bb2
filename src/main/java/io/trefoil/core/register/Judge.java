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
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.register.Recollection.Acceptance;
import io.trefoil.core.register.RegisterMessage.Promised;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
/// 3. **What became of it?** If an accept was sent earlier, the replicas are asked what they
///    remember: a quorum that took it under one ballot shows that it happened and was overwritten;
///    so many that took none of it that the others are no quorum show that it never happened and
///    never will, for they have promised more since. But a replica that forgot cannot testify, and
///    one that was not asked has not; then nobody can say.
final class Judge {

  /// How long an Idempotency-Key is remembered.
  static final long IDEMPOTENCY_MILLIS = 60_000;

  /// How many operations with an Idempotency-Key a record remembers.
  static final int MEMORY = 16;

  private final Task task;
  private final Set<Rule> rules;
  private final Now now;
  private final long wallMillis;
  private final Map<NodeId, Promised> promises = new LinkedHashMap<>(4);
  private final Optional<Record> current;
  private final boolean chosen;

  /// @param wallMillis the coordinator's corrected wall clock
  Judge(Task task, Set<Rule> rules, Now now, long wallMillis) {
    this.task = task;
    this.rules = rules;
    this.now = now;
    this.wallMillis = wallMillis;
    task.tally
        .granted()
        .forEach(
            (voter, answer) -> {
              if (answer instanceof Promised promised) {
                promises.put(voter, promised);
              }
            });
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
    return resolved()
        .orElseGet(() -> task.request.idempotency() == 0 ? evaluate() : evaluateOnce());
  }

  /// What became of the record sent earlier, if it is not certain that it never happened.
  private Optional<Decision> resolved() {
    if (task.attempt.isEmpty() || !rules.contains(Rule.RESOLVE_BY_MEMORY)) {
      return Optional.empty();
    }
    Testimony testimony = new Testimony(task, promises);
    int acceptances = testimony.acceptances();
    if (acceptances > 0) {
      Version version = task.version.orElseThrow();
      return Optional.of(new Decision.Conclude(new Outcome.Done(version, acceptances)));
    }
    return testimony.isNever(task.attempt.get(), now)
        ? Optional.empty()
        : Optional.of(new Decision.Doubt());
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
        promises.values().stream().flatMap(p -> p.recollection().sameKey().stream()).toList();
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
        promises.values().stream()
            .anyMatch(p -> p.recollection().spanMillis() < IDEMPOTENCY_MILLIS);
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
    if (!task.isRepair() && chosen && !task.attempted) {
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
    return promises.values().stream()
        .filter(p -> p.accepted().equals(ballot))
        .findFirst()
        .flatMap(Promised::record);
  }
}
