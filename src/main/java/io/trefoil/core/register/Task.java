package io.trefoil.core.register;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Version;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One operation that a coordinator has open: what it is, and how far it has come.
final class Task {

  /// Who gets the answer.
  sealed interface Client {
    /// Somebody at this node.
    record Local(long number) implements Client {}

    /// Nobody: the key is looked after so that all voters hold the same.
    record Nobody() implements Client {}

    /// Another coordinator, which delegated the operation.
    record Remote(Peer peer, Exchange exchange) implements Client {}
  }

  /// An accept of the operation's version that may have reached a replica: from then on it may have
  /// happened.
  ///
  /// @param ballot under which it was first sent
  /// @param nanos when, on this node's monotonic clock
  /// @param wallMillis when, on its wall clock, which runs on while a machine is suspended
  /// @param voters to whom it went; those of a later epoch may be others
  record Attempt(Ballot ballot, long nanos, long wallMillis, ReplicaSet voters) {}

  final long number;
  final Client client;
  final Request request;
  final int partition;
  final long deadlineNanos;

  Phase phase = new Phase.Queued();
  Tally tally;
  int round;
  int repeats;
  int contentions;
  Ballot ballot = Ballot.ZERO;
  Ballot floor = Ballot.ZERO;
  Optional<Version> version = Optional.empty();

  /// The attempt that must be resolved before the operation may be evaluated again.
  Optional<Attempt> attempt = Optional.empty();

  /// The voters to whom accepts of the version went in epochs later than the attempt's.
  final List<ReplicaSet> laterVoters = new ArrayList<>();

  /// Whether an accept of the version was ever sent: it can still turn up, and a refusal must then
  /// write over it.
  boolean attempted;

  Task(long number, Client client, Request request, int partition, long deadlineNanos) {
    this.number = number;
    this.client = client;
    this.request = request;
    this.partition = partition;
    this.deadlineNanos = deadlineNanos;
  }

  Key key() {
    return request.operation().key();
  }

  OperationKind kind() {
    return request.operation().kind();
  }

  /// When it was opened, on this node's monotonic clock.
  long begunNanos() {
    return deadlineNanos - request.timeoutMillis() * 1_000_000;
  }

  /// Whether somebody at this node has no answer yet.
  boolean isClientWaiting() {
    return client instanceof Client.Local && !(phase instanceof Phase.Lingering);
  }

  /// Whether it only brings all voters to hold the same.
  boolean isRepair() {
    return client instanceof Client.Nobody;
  }

  /// Whether it changes nothing, so that its outcome is never unknown.
  boolean isRead() {
    return switch (request.operation()) {
      case Operation.Get _, Operation.Inspect _ -> true;
      case Operation.Put _, Operation.Delete _ -> false;
    };
  }

  /// Whether an accept of the version may be under way, from here or from whom it was handed to.
  boolean mayHaveBeenSent() {
    return attempted || phase instanceof Phase.Delegating;
  }

  Exchange exchange() {
    return new Exchange(number, round);
  }

  Subject subject() {
    return new Subject(key(), partition, tally.voters().epoch());
  }

  /// Notes that an accept of the operation's own version is about to be sent.
  void attempting(Attempt first) {
    attempted = true;
    if (attempt.isEmpty()) {
      attempt = Optional.of(first);
      laterVoters.clear();
    }
  }

  /// Notes that an accept of the version is about to be sent to these.
  void sendingTo(ReplicaSet voters) {
    if (attempt.filter(first -> first.voters().epoch() != voters.epoch()).isPresent()
        && laterVoters.stream().noneMatch(later -> later.epoch() == voters.epoch())) {
      laterVoters.add(voters);
    }
  }
}
