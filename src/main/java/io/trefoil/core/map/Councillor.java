package io.trefoil.core.map;

import io.trefoil.core.map.MapMessage.Accept;
import io.trefoil.core.map.MapMessage.Accepted;
import io.trefoil.core.map.MapMessage.OfSynod;
import io.trefoil.core.map.MapMessage.Outbid;
import io.trefoil.core.map.MapMessage.Prepare;
import io.trefoil.core.map.MapMessage.Promised;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.model.Rule;
import java.util.Optional;
import java.util.Set;

/// A council member's vote on the next map: Paxos calls it the acceptor. It only says what it would
/// answer; the answer may leave when the vote it rests on is durable.
final class Councillor {

  private final Set<Rule> rules;
  private CouncilVote vote;
  private boolean dirty;

  /// @param vote as found on disk
  Councillor(CouncilVote vote, Set<Rule> rules) {
    this.vote = vote;
    this.rules = rules;
  }

  /// The map of another epoch is to be decided: a vote on an earlier one is void.
  void begin(long epoch) {
    if (vote.epoch() != epoch) {
      vote = CouncilVote.none(epoch);
      dirty = false;
    }
  }

  /// The vote, if it has changed since this was last asked: it has to be written.
  Optional<CouncilVote> changed() {
    boolean changed = dirty;
    dirty = false;
    return changed ? Optional.of(vote) : Optional.empty();
  }

  /// The highest ballot promised.
  MapBallot promised() {
    return vote.promised();
  }

  /// What was accepted and is not known to be decided.
  Optional<ClusterMap> accepted() {
    return vote.proposal();
  }

  /// Promises to accept nothing under a lower ballot, and says what it accepted so far.
  OfSynod answer(Prepare prepare) {
    var ballot = prepare.ballot();
    if (ballot.compareTo(vote.promised()) < 0) {
      return new Outbid(vote.epoch(), ballot, vote.promised());
    }
    if (!ballot.equals(vote.promised())) {
      change(new CouncilVote(vote.epoch(), ballot, vote.accepted(), vote.proposal()));
    }
    return new Promised(vote.epoch(), ballot, vote.accepted(), vote.proposal());
  }

  /// Accepts, unless a higher ballot was promised.
  OfSynod answer(Accept accept) {
    var ballot = accept.ballot();
    if (ballot.compareTo(vote.promised()) < 0 && rules.contains(Rule.KEEP_COUNCIL_PROMISES)) {
      return new Outbid(vote.epoch(), ballot, vote.promised());
    }
    if (!ballot.equals(vote.accepted())) {
      change(new CouncilVote(vote.epoch(), ballot, ballot, Optional.of(accept.map())));
    }
    return new Accepted(vote.epoch(), ballot);
  }

  private void change(CouncilVote next) {
    vote = next;
    dirty = true;
  }
}
