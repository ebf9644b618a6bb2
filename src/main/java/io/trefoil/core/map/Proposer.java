package io.trefoil.core.map;

import io.trefoil.core.map.MapMessage.Accept;
import io.trefoil.core.map.MapMessage.Accepted;
import io.trefoil.core.map.MapMessage.OfSynod;
import io.trefoil.core.map.MapMessage.Prepare;
import io.trefoil.core.map.MapMessage.Promised;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Rule;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One council member's attempts to have the next map decided. It only says what to send, and to
/// whom.
final class Proposer {

  private final NodeId self;
  private final Set<Rule> rules;
  private List<NodeId> council = List.of();
  private long epoch;

  /// The highest ballot heard of. Every attempt goes above it.
  private MapBallot highest = MapBallot.ZERO;

  /// Of the attempt under way; zero without one.
  private MapBallot ballot = MapBallot.ZERO;

  private Optional<ClusterMap> wish = Optional.empty();
  private final TreeMap<NodeId, Promised> promises = new TreeMap<>();
  private Optional<Accept> proposal = Optional.empty();
  private final Set<NodeId> accepters = new LinkedHashSet<>();

  Proposer(NodeId self, Set<Rule> rules) {
    this.self = self;
    this.rules = rules;
  }

  /// Another map is to be decided.
  ///
  /// @param decides the council that decides it
  /// @param promised what this node promised about it before it started, maybe to itself
  void begin(long next, List<NodeId> decides, MapBallot promised) {
    epoch = next;
    council = decides;
    highest = promised;
    abandon();
  }

  boolean isBusy() {
    return !ballot.equals(MapBallot.ZERO);
  }

  /// Whether a map went out in this attempt already.
  boolean hasProposed() {
    return proposal.isPresent();
  }

  /// What to propose if nothing was accepted before. Begins an attempt if none is under way.
  void wish(ClusterMap next) {
    wish = Optional.of(next);
    if (!isBusy()) {
      ballot = new MapBallot(highest.round() + 1, self);
      highest = ballot;
    }
  }

  /// What to ask those council members now that have not answered.
  OfSynod question() {
    return proposal.isPresent() ? proposal.get() : new Prepare(epoch, ballot);
  }

  /// The council members that have not answered [#question].
  List<NodeId> silent() {
    Set<NodeId> answered = proposal.isPresent() ? accepters : promises.keySet();
    return council.stream().filter(member -> !answered.contains(member)).toList();
  }

  /// Takes a promise.
  ///
  /// @return what to propose, when this promise completed a majority
  Optional<Accept> promised(NodeId from, Promised promise) {
    if (!isCurrent(from, promise) || proposal.isPresent()) {
      return Optional.empty();
    }
    promises.put(from, promise);
    boolean own = promises.containsKey(self) || !rules.contains(Rule.PROMISE_TO_ONESELF);
    if (isMajority(promises.size()) && own) {
      proposal = acceptedBefore().or(() -> wish).map(map -> new Accept(epoch, ballot, map));
    }
    return proposal;
  }

  void accepted(NodeId from, Accepted acceptance) {
    if (isCurrent(from, acceptance)) {
      accepters.add(from);
    }
  }

  /// The map that a majority has accepted in this attempt.
  Optional<ClusterMap> decided() {
    return isMajority(accepters.size()) ? proposal.map(Accept::map) : Optional.empty();
  }

  /// Learns of a ballot, and gives the attempt up if that is higher.
  ///
  /// @return whether it is higher than all heard of
  boolean heardOf(MapBallot other) {
    if (other.compareTo(highest) <= 0) {
      return false;
    }
    highest = other;
    abandon();
    return true;
  }

  /// Gives up the attempt under way.
  void abandon() {
    ballot = MapBallot.ZERO;
    wish = Optional.empty();
    promises.clear();
    proposal = Optional.empty();
    accepters.clear();
  }

  private boolean isCurrent(NodeId from, OfSynod answer) {
    return isBusy() && ballot.equals(answer.ballot()) && council.contains(from);
  }

  private boolean isMajority(int count) {
    return count * 2 > council.size();
  }

  private Optional<ClusterMap> acceptedBefore() {
    return promises.values().stream()
        .filter(_ -> rules.contains(Rule.PROPOSE_WHAT_WAS_ACCEPTED))
        .filter(promise -> promise.proposal().isPresent())
        .max(Comparator.comparing(Promised::accepted))
        .flatMap(Promised::proposal);
  }
}
