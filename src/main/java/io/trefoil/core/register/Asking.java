package io.trefoil.core.register;

import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Holding;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.register.Phase.Purpose;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.Delegate;
import io.trefoil.core.register.RegisterMessage.Footing;
import io.trefoil.core.register.RegisterMessage.Prepare;
import io.trefoil.core.register.RegisterMessage.Read;
import io.trefoil.core.register.RegisterMessage.Reported;
import io.trefoil.core.register.Task.Client;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts the questions of an operation's phase to those who should answer them. Membership says whom
/// to ask first; everyone who votes is asked in the end.
final class Asking {

  private final NodeId self;
  private final Directory directory;

  Asking(NodeId self, Directory directory) {
    this.self = self;
    this.directory = directory;
  }

  /// Asks for the first time in a round.
  void first(Task task, Now now, RegisterSink out) {
    ReplicaSet voters = task.tally.voters();
    List<NodeId> reachable = reachable(voters);
    List<NodeId> to =
        switch (task.phase) {
          case Phase.ReadingOne() -> nearest(voters, reachable);
          case Phase.Delegating(NodeId only, _) -> List.of(only);
          case Phase.Reading _,
              Phase.Inspecting _,
              Phase.Checking _,
              Phase.Writing _,
              Phase.Queued _,
              Phase.Preparing _,
              Phase.Proposing _,
              Phase.BackingOff _,
              Phase.AwaitingAll _,
              Phase.Lingering _ ->
              Quorum.isMet(voters, reachable) ? reachable : voters.all();
        };
    send(task, to, now, out);
  }

  /// Asks those again that have not answered.
  void again(Task task, Now now, RegisterSink out) {
    List<NodeId> to =
        task.phase instanceof Phase.Delegating(NodeId only, _)
            ? List.of(only)
            : task.tally.missing();
    send(task, to, now, out);
  }

  /// Whether the voters that membership holds to answer are a quorum.
  boolean isQuorumReachable(ReplicaSet voters) {
    return Quorum.isMet(voters, reachable(voters));
  }

  /// Whether every voter is held to answer.
  boolean areAllReachable(ReplicaSet voters) {
    return reachable(voters).size() == voters.all().size();
  }

  /// Whether a node is held to answer.
  boolean isReachable(NodeId node) {
    return directory.isReachable(node);
  }

  /// Whether no answer is missing from a voter that can be expected to answer.
  boolean hasEverybodyAnswered(Tally tally) {
    return tally.missing().stream().noneMatch(directory::isReachable);
  }

  /// The first voter of the operation's key that is held to answer.
  Optional<NodeId> firstReachable(ReplicaSet voters) {
    return reachable(voters).stream().findFirst();
  }

  /// What the voters that answered hold.
  static List<Holding> holdings(Tally tally) {
    List<Holding> holdings = new ArrayList<>();
    tally
        .granted()
        .forEach(
            (voter, answer) -> {
              if (answer instanceof Reported(_, var accepted, var record)) {
                holdings.add(new Holding(voter, accepted, record));
              }
            });
    return holdings;
  }

  /// About how many bytes a question of this phase has.
  static int bytes(Task task) {
    return switch (task.phase) {
      case Phase.Writing(Record record) -> bytes(record);
      case Phase.Proposing(Record record, _) -> bytes(record);
      case Phase.Reading _,
          Phase.ReadingOne _,
          Phase.Inspecting _,
          Phase.Checking _,
          Phase.Queued _,
          Phase.Preparing _,
          Phase.BackingOff _,
          Phase.Delegating _,
          Phase.AwaitingAll _,
          Phase.Lingering _ ->
          0;
    };
  }

  private static int bytes(Record record) {
    return record.value().map(v -> v.bytes().length).orElse(0);
  }

  private List<NodeId> reachable(ReplicaSet voters) {
    return voters.all().stream().filter(v -> v.equals(self) || directory.isReachable(v)).toList();
  }

  private List<NodeId> nearest(ReplicaSet voters, List<NodeId> reachable) {
    if (voters.contains(self)) {
      return List.of(self);
    }
    return reachable.isEmpty() ? voters.all() : reachable.subList(0, 1);
  }

  private void send(Task task, List<NodeId> to, Now now, RegisterSink out) {
    if (to.isEmpty()) {
      return;
    }
    RegisterMessage question = question(task, task.phase, now);
    for (NodeId voter : to) {
      if (task.client instanceof Client.Local(long number)) {
        out.announce(new Event.VoterAsked(number, task.round, voter, nameOf(question)));
      }
      out.send(directory.peer(voter), question);
    }
  }

  private static Event.Question nameOf(RegisterMessage question) {
    return switch (question) {
      case Read _ -> Event.Question.READ;
      case Prepare _ -> Event.Question.PREPARE;
      case Accept _ -> Event.Question.ACCEPT;
      case Delegate _ -> Event.Question.DELEGATE;
      case RegisterMessage.Settle _, RegisterMessage.Answer _ ->
          throw new IllegalStateException("nobody is asked " + question);
    };
  }

  private static RegisterMessage question(Task task, Phase phase, Now now) {
    return switch (phase) {
      case Phase.Reading(), Phase.ReadingOne() ->
          new Read(task.exchange(), task.subject(), OperationKind.READ);
      case Phase.Inspecting() -> new Read(task.exchange(), task.subject(), OperationKind.INSPECT);
      case Phase.Checking() -> new Read(task.exchange(), task.subject(), OperationKind.REPAIR);
      case Phase.Preparing() ->
          new Prepare(task.exchange(), task.subject(), task.ballot, intent(task));
      case Phase.Writing(Record record) -> accept(task, record, Footing.BLIND, task.kind());
      case Phase.Proposing(Record record, Purpose.Own()) ->
          accept(task, record, Footing.PREPARED, task.kind());
      case Phase.Proposing(Record record, Purpose.Repair()) ->
          accept(task, record, Footing.PREPARED, OperationKind.REPAIR);
      case Phase.Proposing(Record record, Purpose.Settling _) ->
          accept(task, record, Footing.PREPARED, OperationKind.REPAIR);
      case Phase.AwaitingAll(Phase sent) -> question(task, sent, now);
      case Phase.Lingering(Phase sent) -> question(task, sent, now);
      case Phase.Delegating(_, long run) -> delegate(task, run, now);
      case Phase.Queued(), Phase.BackingOff() ->
          throw new IllegalStateException("nobody is asked anything in phase " + phase);
    };
  }

  private static Accept accept(Task task, Record record, Footing footing, OperationKind kind) {
    return new Accept(task.exchange(), task.subject(), task.ballot, record, footing, kind);
  }

  private static Intent intent(Task task) {
    Condition condition =
        switch (task.request.operation()) {
          case Operation.Get _ -> new Condition.Present();
          case Operation.Inspect _ -> new Condition.Always();
          case Operation.Put put -> put.condition();
          case Operation.Delete delete -> delete.condition();
        };
    return new Intent(
        task.isRepair() ? OperationKind.REPAIR : task.kind(),
        condition,
        task.version.orElseThrow(),
        task.request.idempotency());
  }

  private static Delegate delegate(Task task, long run, Now now) {
    Request whole = task.request;
    long left = Math.max(1, (task.deadlineNanos - now.nanos()) / 1_000_000);
    Request rest = new Request(whole.operation(), whole.ack(), whole.idempotency(), left);
    return new Delegate(task.exchange(), run, rest);
  }

  /// Why an operation without a quorum had none.
  static Outcome.Reason shortfall(Task task) {
    List<NodeId> missing = task.tally == null ? List.of() : task.tally.missing();
    boolean tooFew = task.tally != null && !Quorum.isPossibleWithout(task.tally.voters(), missing);
    return tooFew ? new Outcome.Reason.NoQuorum(missing) : new Outcome.Reason.Contended();
  }
}
