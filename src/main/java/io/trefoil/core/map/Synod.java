package io.trefoil.core.map;

import io.trefoil.core.machine.Event;
import io.trefoil.core.map.MapAlarm.AttemptDue;
import io.trefoil.core.map.MapMessage.Accept;
import io.trefoil.core.map.MapMessage.Accepted;
import io.trefoil.core.map.MapMessage.OfSynod;
import io.trefoil.core.map.MapMessage.Outbid;
import io.trefoil.core.map.MapMessage.Prepare;
import io.trefoil.core.map.MapMessage.Promised;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Rule;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// How the map after the one in force is decided: by single-decree Paxos (Lamport, "Paxos Made
/// Simple", 2001) among the council of the map in force.
///
/// ## Why there are never two maps of one epoch
///
/// By induction over epochs: let there be one map of epoch e. Its council is the only electorate of
/// epoch e+1, because a member answers about e+1 only while the map in force here is that of epoch
/// e, and only if that map names it. Within one electorate it is Paxos as written: a member
/// promises and accepts on disk before it says so (!), accepts nothing below its promise (!), and
/// whoever proposes has promises of a majority and takes the map of the highest ballot among what
/// they accepted before (!). So if a majority accepted map M under ballot b, every majority that
/// promises a higher ballot has a member that accepted M first, and by induction over ballots
/// nothing but M is proposed above b.
///
/// Two maps never go out under one ballot: a ballot names its proposer, a proposer proposes only
/// after its own promise of the ballot is durable (!), and after a restart it draws above what it
/// has promised. Votes do not mix between epochs: each says which epoch it is for.
///
/// A disk that is lost takes the node's id with it, so a member with an empty memory does not vote
/// under the old name; its seat counts as silent until another takes it.
///
/// ## Why it comes to an end
///
/// Only the steward proposes, or whoever finds that what it accepted has not been decided for some
/// time. Whoever is outbid waits for a random while. Questions are repeated until they are answered
/// or the attempt is given up.
final class Synod {

  /// Between two questions, and the least wait of whoever was outbid.
  static final Duration RETRY = Duration.ofMillis(300);

  /// After so long without a majority an attempt begins anew, with what is due by then: what was
  /// due when it began may be so no more.
  private static final Duration PATIENCE = RETRY.multipliedBy(8);

  private final Councillor councillor;
  private final Proposer proposer;
  private final Grants grants;
  private final Set<Rule> rules;
  private final Journal journal;
  private final Post post;
  private final RandomGenerator random;
  private Optional<ClusterMap> inForce = Optional.empty();
  private long quietUntilNanos = Long.MIN_VALUE;
  private long begunNanos;

  /// @param self this node
  /// @param vote as found on disk
  Synod(
      NodeId self,
      CouncilVote vote,
      Grants grants,
      Journal journal,
      Post post,
      Set<Rule> rules,
      RandomGenerator random) {
    this.councillor = new Councillor(vote, rules);
    this.proposer = new Proposer(self, rules);
    this.grants = grants;
    this.rules = rules;
    this.journal = journal;
    this.post = post;
    this.random = random;
  }

  /// A map came into force that names this node on its council: the next one is to be decided.
  void begin(ClusterMap map) {
    inForce = Optional.of(map);
    councillor.begin(map.epoch() + 1);
    proposer.begin(map.epoch() + 1, map.council(), councillor.promised());
    quietUntilNanos = Long.MIN_VALUE;
  }

  /// A map came into force on whose council this node is not.
  void end() {
    inForce = Optional.empty();
    proposer.abandon();
  }

  /// What this node has accepted and does not know to be decided.
  Optional<ClusterMap> unfinished() {
    return inForce.isPresent() ? councillor.accepted() : Optional.empty();
  }

  /// The next map, if this node got a majority to accept it.
  Optional<ClusterMap> decided() {
    return proposer.decided();
  }

  /// Works towards having a map decided; without one, stops as far as that can be done.
  void pursue(Optional<ClusterMap> next, Moment at) {
    if (proposer.hasProposed() && at.nanos() - begunNanos > PATIENCE.toNanos()) {
      proposer.abandon();
    }
    if (next.isPresent() && (proposer.isBusy() || at.nanos() >= quietUntilNanos)) {
      boolean begun = !proposer.isBusy();
      proposer.wish(next.get());
      if (begun) {
        begunNanos = at.nanos();
        ask(at);
      }
    } else if (next.isEmpty() && !proposer.hasProposed()) {
      proposer.abandon();
    }
  }

  /// Asks those again that have not answered.
  void attemptDue(Moment at) {
    if (proposer.isBusy()) {
      ask(at);
    }
  }

  /// A message about the epoch that is to be decided.
  void heard(Peer from, OfSynod message, Moment at) {
    if (inForce.isEmpty()) {
      return;
    }
    switch (message) {
      case Prepare prepare -> {
        heardOf(prepare.ballot(), at);
        vote(from, councillor.answer(prepare), at);
      }
      case Accept accept -> {
        heardOf(accept.ballot(), at);
        accept(from, accept, at);
      }
      case Promised promised -> proposer.promised(from.id(), promised).ifPresent(_ -> ask(at));
      case Accepted accepted -> proposer.accepted(from.id(), accepted);
      case Outbid outbid -> heardOf(outbid.promised(), at);
    }
  }

  private void ask(Moment at) {
    var question = proposer.question();
    proposer.silent().forEach(member -> post.send(member, question, at));
    at.wake(new AttemptDue(), RETRY);
  }

  private void accept(Peer from, Accept accept, Moment at) {
    if (!follows(accept.map())) {
      at.announce(new Event.PacketRejected("unsound-map"));
    } else if (grants.permit(accept.map(), at.nanos())) {
      vote(from, councillor.answer(accept), at);
    }
  }

  private boolean follows(ClusterMap next) {
    return inForce
            .filter(map -> map.clusterId() == next.clusterId() && map.epoch() + 1 == next.epoch())
            .filter(map -> map.partitions().equals(next.partitions()))
            .isPresent()
        && next.isSound();
  }

  /// Sends an answer when the vote it rests on is durable.
  private void vote(Peer to, OfSynod answer, Moment at) {
    councillor.changed().ifPresent(vote -> journal.write(vote, at));
    if (rules.contains(Rule.PERSIST_COUNCIL_VOTES)) {
      journal.then(at, later -> post.answer(to, answer, later));
    } else {
      post.answer(to, answer, at);
    }
  }

  private void heardOf(MapBallot ballot, Moment at) {
    if (proposer.heardOf(ballot)) {
      quietUntilNanos = at.nanos() + RETRY.toNanos() + random.nextLong(RETRY.toNanos() * 3);
    }
  }
}
