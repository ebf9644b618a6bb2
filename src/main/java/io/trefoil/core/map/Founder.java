package io.trefoil.core.map;

import io.trefoil.core.map.MapMessage.Endorsed;
import io.trefoil.core.map.MapMessage.Inquire;
import io.trefoil.core.map.MapMessage.Propose;
import io.trefoil.core.map.MapMessage.Unmapped;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// One seed's attempts to have the first map decided: Paxos calls it the proposer. It only says
/// what to send; every message goes to all seeds.
final class Founder {

  private final MapMember self;
  private final Founding founding;
  private final RandomGenerator random;

  /// The highest ballot heard of. Every attempt goes above it.
  private MapBallot highest;

  /// Of the attempt under way; zero without one.
  private MapBallot ballot = MapBallot.ZERO;

  private final TreeMap<Address, Unmapped> promises = new TreeMap<>();
  private Optional<Propose> proposal = Optional.empty();
  private final Set<NodeId> promisers = new LinkedHashSet<>();
  private final Set<NodeId> endorsers = new LinkedHashSet<>();

  /// @param promised what this seed promised before it started, maybe to itself
  Founder(MapMember self, Founding founding, MapBallot promised, RandomGenerator random) {
    this.self = self;
    this.founding = founding;
    this.highest = promised;
    this.random = random;
  }

  /// What to ask all seeds now, beginning an attempt if none is under way. Asking again changes
  /// nothing for those that have answered.
  MapMessage ask() {
    if (ballot.equals(MapBallot.ZERO)) {
      ballot = new MapBallot(highest.round() + 1, self.id());
      highest = ballot;
    }
    return proposal.isPresent() ? proposal.get() : new Inquire(ballot, self);
  }

  /// Takes a promise.
  ///
  /// @param seeds where promises have to come from
  /// @return what to propose, when this promise was the last one missing
  Optional<Propose> promised(Unmapped promise, List<Address> seeds) {
    if (proposal.isPresent() || !isCurrent(promise.ballot())) {
      return Optional.empty();
    }
    promises.put(promise.self().address(), promise);
    if (seeds.size() == founding.seeds() && promises.keySet().containsAll(seeds)) {
      propose(seeds.stream().map(promises::get).toList());
    }
    return proposal;
  }

  /// Takes an acceptance, if it is of one who promised: a seed that came back to its address with
  /// an empty disk does not count a second time.
  void endorsed(Endorsed endorsement) {
    if (isCurrent(endorsement.ballot()) && promisers.contains(endorsement.by())) {
      endorsers.add(endorsement.by());
    }
  }

  /// The map that a majority has accepted in this attempt.
  Optional<ClusterMap> decided() {
    return endorsers.size() >= founding.majority() ? proposal.map(Propose::map) : Optional.empty();
  }

  /// Learns of a ballot, and gives the attempt up if that is higher.
  ///
  /// @return whether none higher is known
  boolean heardOf(MapBallot other) {
    if (other.compareTo(highest) < 0) {
      return false;
    }
    if (other.compareTo(highest) > 0) {
      highest = other;
      abandon();
    }
    return true;
  }

  private boolean isCurrent(MapBallot other) {
    return !ballot.equals(MapBallot.ZERO) && ballot.equals(other);
  }

  private void abandon() {
    ballot = MapBallot.ZERO;
    promises.clear();
    proposal = Optional.empty();
    promisers.clear();
    endorsers.clear();
  }

  /// With all promises at hand: what may have been decided already, else a map of this attempt.
  private void propose(List<Unmapped> answers) {
    var members = answers.stream().map(Unmapped::self).toList();
    if (Seeds.sameIds(members).isPresent()) {
      return;
    }
    var map = acceptedBefore(answers).or(() -> found(members));
    if (map.isPresent()) {
      proposal = Optional.of(new Propose(ballot, map.get()));
      members.stream().map(MapMember::id).forEach(promisers::add);
    }
  }

  private static Optional<ClusterMap> acceptedBefore(List<Unmapped> answers) {
    return answers.stream()
        .filter(answer -> answer.proposal().isPresent())
        .max(Comparator.comparing(Unmapped::accepted))
        .flatMap(Unmapped::proposal);
  }

  private Optional<ClusterMap> found(List<MapMember> members) {
    return Seeds.sameNames(members).isPresent()
        ? Optional.empty()
        : Optional.of(founding.found(random.nextLong(), members));
  }
}
