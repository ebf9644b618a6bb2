package io.trefoil.core.machine;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Stock;
import java.util.List;
import java.util.Optional;

/// A fact that a machine announces. Metrics, the console and the operation log are read off these.
public sealed interface Event {

  /// A member was first heard of, or is held to be something else than before.
  ///
  /// @param name the operator's name for it
  /// @param before empty for one not known until now
  record MemberChanged(NodeId node, String name, Optional<MemberState> before, MemberState state)
      implements Event {}

  /// Nobody answers this node any more, or they do again.
  record Isolated(boolean isolated) implements Event {}

  /// A cluster map came into force here.
  record MapAdopted(long epoch) implements Event {}

  /// A majority of the council lets this node vote, for the first time or again.
  record LeaseHeld() implements Event {}

  /// This node has not heard from a majority of the council for too long: it does not vote.
  record LeaseLost() implements Event {}

  /// An operator's command was carried out, or will not be.
  ///
  /// @param number the command's
  /// @param refusal why not, a sentence; empty when it is done
  record OrderAnswered(long number, Optional<String> refusal) implements Event {}

  /// A survey was answered.
  ///
  /// @param number the command's
  /// @param stocks what every member keeps that has said so of late
  /// @param complete who has a complete copy of the partition asked about; empty without one
  record Surveyed(long number, List<Stock> stocks, List<NodeId> complete) implements Event {}

  /// A part of a partition's keys was listed: all that had a value while it was, others among them.
  ///
  /// @param number the command's
  /// @param keys in their order
  /// @param next behind which key the next part begins; empty if there is none
  record KeysListed(long number, List<Key> keys, Optional<Key> next) implements Event {}

  /// An operator made this node go on without the council's majority: what only the others had
  /// decided is void.
  ///
  /// @param epoch of the map made up here
  /// @param council who decides from now on
  record CouncilForced(long epoch, List<NodeId> council) implements Event {}

  /// A replica did its part of a client's operation, told once per operation, when it answered:
  /// what it accepted is on its disk.
  ///
  /// @param success it accepted or answered; false if the condition does not hold on it
  /// @param record what it accepted or answered, if anything
  /// @param nanos from when it was asked until it answered, in ns
  record ReplicaServed(
      OperationKind kind,
      Key key,
      int partition,
      boolean success,
      Optional<Record> record,
      long nanos)
      implements Event {}

  /// A part of a client's operation at its coordinator, for whoever follows single operations.
  sealed interface Step extends Event {
    /// The request's number, as in [Input.Asked].
    long number();
  }

  /// A voter was asked something on behalf of a client's operation, for the first time in a round
  /// or again.
  ///
  /// @param round counts what the operation has asked so far
  record VoterAsked(long number, int round, NodeId voter, Question question) implements Step {}

  /// A voter answered.
  ///
  /// @param round that of the question
  /// @param granted whether it did as it was asked
  record VoterAnswered(long number, int round, NodeId voter, boolean granted) implements Step {}

  /// Nobody is asked anything any more on behalf of a client's operation. Its end was told before
  /// or is told in the same turn.
  record OperationClosed(long number) implements Step {}

  /// What a coordinator asks of a voter.
  enum Question {
    /// What it holds.
    READ,
    /// To promise a ballot.
    PREPARE,
    /// To accept a record.
    ACCEPT,
    /// To run the operation in the coordinator's place.
    DELEGATE
  }

  /// What this node promised and accepted for a partition can no longer be read whole: it votes for
  /// it no more.
  record CopyDamaged(int partition) implements Event {}

  /// All that was chosen for a partition before its voters changed is here now, and some of it had
  /// to be copied.
  ///
  /// @param epoch the partition's
  /// @param bytes how much was copied, in bytes of registers
  record CopyFinished(int partition, long epoch, long bytes) implements Event {}

  /// A packet was left unread.
  ///
  /// @param reason a short word for the metric
  record PacketRejected(String reason) implements Event {}

  /// This node's wall clock differs from what most peers say, and is corrected by them.
  ///
  /// @param skewMillis this node's clock minus the one gone by; 0 when it is right again
  record ClockSkewed(long skewMillis) implements Event {}
}
