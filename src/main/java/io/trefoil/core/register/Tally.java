package io.trefoil.core.register;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.register.RegisterMessage.Answer;
import io.trefoil.core.register.RegisterMessage.Outbid;
import io.trefoil.core.register.RegisterMessage.Promised;
import io.trefoil.core.register.RegisterMessage.Reported;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The answers to one round of an operation, by voter.
final class Tally {

  private final ReplicaSet voters;
  private final Map<NodeId, Answer> granted = new LinkedHashMap<>(4);
  private final Map<NodeId, Answer> refused = new LinkedHashMap<>(4);

  Tally(ReplicaSet voters) {
    this.voters = voters;
  }

  ReplicaSet voters() {
    return voters;
  }

  /// Counts an answer. A voter that granted once has granted, whatever it says to a repetition.
  void add(NodeId voter, Answer answer) {
    switch (answer) {
      case RegisterMessage.Reported _, RegisterMessage.Promised _, RegisterMessage.Accepted _ -> {
        granted.put(voter, answer);
        refused.remove(voter);
      }
      case RegisterMessage.Outbid _, RegisterMessage.TooFarAhead _, RegisterMessage.Delegated _ -> {
        if (!granted.containsKey(voter)) {
          refused.put(voter, answer);
        }
      }
      case RegisterMessage.WrongEpoch _ -> {
        // One of the two is behind and will learn the map: it is asked again.
      }
    }
  }

  Map<NodeId, Answer> granted() {
    return granted;
  }

  boolean isQuorum() {
    return Quorum.isMet(voters, granted.keySet());
  }

  boolean isUnanimous() {
    return granted.size() == voters.all().size();
  }

  boolean isRefused() {
    return !refused.isEmpty();
  }

  /// Whether the refusals leave no quorum.
  boolean isLost() {
    return isRefused() && !Quorum.isPossibleWithout(voters, refused.keySet());
  }

  boolean hasAnswered(NodeId voter) {
    return granted.containsKey(voter) || refused.containsKey(voter);
  }

  /// The voters that gave no answer at all.
  List<NodeId> missing() {
    return voters.all().stream().filter(v -> !hasAnswered(v)).toList();
  }

  /// The highest ballot that a refusal named.
  Ballot highestBid() {
    Ballot highest = Ballot.ZERO;
    for (Answer answer : refused.values()) {
      if (answer instanceof Outbid(_, Ballot bid)) {
        highest = highest.max(bid);
      }
    }
    return highest;
  }

  /// The bid that a ballot must exceed to have a chance: the highest of those within reach, or the
  /// highest of all if the voters that named the others are needed for a quorum.
  ///
  /// @param reachMillis ballots up to this time are followed everywhere, milliseconds since 1970
  Ballot bidToBeat(long reachMillis) {
    Ballot within = Ballot.ZERO;
    List<NodeId> beyond = new ArrayList<>(voters.all().size());
    for (Map.Entry<NodeId, Answer> refusal : refused.entrySet()) {
      if (refusal.getValue() instanceof Outbid(_, Ballot bid)) {
        if (bid.at().millis() <= reachMillis) {
          within = within.max(bid);
        } else {
          beyond.add(refusal.getKey());
        }
      }
    }
    return Quorum.isPossibleWithout(voters, beyond) ? within : highestBid();
  }

  /// Whether a voter refused the ballot as too far ahead of its clock.
  boolean isTooFarAhead() {
    return refused.values().stream().anyMatch(RegisterMessage.TooFarAhead.class::isInstance);
  }

  /// Whether all voters answered and report the same ballot as accepted last.
  boolean isAgreed() {
    return isUnanimous()
        && granted.values().stream().map(Tally::acceptedBallot).distinct().count() == 1;
  }

  /// Whether a ballot is what a quorum reports to have accepted last: its record is chosen.
  boolean isChosen(Ballot ballot) {
    List<NodeId> holders = new ArrayList<>(voters.all().size());
    granted.forEach(
        (voter, answer) -> {
          if (acceptedBallot(answer).equals(ballot)) {
            holders.add(voter);
          }
        });
    return Quorum.isMet(voters, holders);
  }

  /// The highest ballot reported as accepted.
  Ballot highestAccepted() {
    Ballot highest = Ballot.ZERO;
    for (Answer answer : granted.values()) {
      highest = highest.max(acceptedBallot(answer));
    }
    return highest;
  }

  static Ballot acceptedBallot(Answer answer) {
    return switch (answer) {
      case Reported reported -> reported.accepted();
      case Promised promised -> promised.accepted();
      case RegisterMessage.Accepted _,
          RegisterMessage.Outbid _,
          RegisterMessage.TooFarAhead _,
          RegisterMessage.WrongEpoch _,
          RegisterMessage.Delegated _ ->
          Ballot.ZERO;
    };
  }
}
