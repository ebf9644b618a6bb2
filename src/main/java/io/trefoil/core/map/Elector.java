package io.trefoil.core.map;

import io.trefoil.core.map.MapMessage.Endorsed;
import io.trefoil.core.map.MapMessage.Inquire;
import io.trefoil.core.map.MapMessage.Preempted;
import io.trefoil.core.map.MapMessage.Propose;
import io.trefoil.core.map.MapMessage.Unmapped;
import io.trefoil.core.map.MapWrite.GenesisVote;
import java.util.Optional;

/// A seed's vote on the first map: Paxos calls it the acceptor. It only says what it would answer;
/// the answer may leave when the vote it rests on is durable.
///
/// It accepts under exactly the ballot it promised, not under any that is no lower: the proposer
/// has asked every seed, so this costs nothing, and a seed that came back with an empty disk cannot
/// accept what it knows nothing of.
final class Elector {

  private final MapMember self;
  private GenesisVote vote;
  private boolean dirty;

  Elector(MapMember self, GenesisVote vote) {
    this.self = self;
    this.vote = vote;
  }

  /// The vote, if it has changed since this was last asked: it has to be written.
  Optional<GenesisVote> changed() {
    boolean changed = dirty;
    dirty = false;
    return changed ? Optional.of(vote) : Optional.empty();
  }

  /// Promises to accept nothing under a lower ballot, and says what it accepted so far.
  MapMessage answer(Inquire inquire) {
    var ballot = inquire.ballot();
    if (ballot.compareTo(vote.promised()) < 0) {
      return new Preempted(ballot, vote.promised());
    }
    if (!ballot.equals(vote.promised())) {
      change(new GenesisVote(ballot, vote.accepted(), vote.proposal()));
    }
    return new Unmapped(ballot, self, vote.accepted(), vote.proposal());
  }

  /// Accepts under the ballot promised. Empty under one higher than that: whoever sent it had
  /// another's promise at this address, on a disk that is gone.
  Optional<MapMessage> answer(Propose propose) {
    var ballot = propose.ballot();
    int order = ballot.compareTo(vote.promised());
    if (order < 0) {
      return Optional.of(new Preempted(ballot, vote.promised()));
    }
    if (order > 0) {
      return Optional.empty();
    }
    if (!ballot.equals(vote.accepted())) {
      change(new GenesisVote(ballot, ballot, Optional.of(propose.map())));
    }
    return Optional.of(new Endorsed(ballot, self.id()));
  }

  private void change(GenesisVote next) {
    vote = next;
    dirty = true;
  }
}
