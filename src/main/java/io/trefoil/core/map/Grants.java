package io.trefoil.core.map;

import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.ReplicaSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Which leases this council member has granted, and what follows for its votes.
///
/// ## Why the voters that a forced map leaves behind have fallen silent
///
/// Ordinary changes need no lease: quorums before and after meet. A forced set does: its survivor
/// goes on without a quorum of the old voters, who may be alive behind a broken network and form
/// one. So a node votes only while a majority of the council of *its* map granted it a lease that
/// is not over, counted from when it asked. Let map f+1 force voter E out, and let E go by map r <=
/// f.
///
/// *Same council from r to f.* A majority accepted f+1, and each of these members had granted E
/// nothing for one lease (!) and grants nothing until f+1 is decided; then only to nodes that go by
/// f+1 or later (!). Any majority E could count has one of them, so E holds no lease from the
/// decision on.
///
/// *Another council at r.* Take the last map k+1 that changed the council before f+1, r <= k. A
/// majority of the council of k accepted k+1, and granted nothing from then on to nodes that go by
/// an earlier map (!). Members of the new council accept a forced map only when theirs has been in
/// force here for one lease (!): by then what E was granted before is over.
///
/// A member that has just started knows of no grants it made before, so it waits one lease, too
/// (!). Clocks may differ in speed by a tenth.
final class Grants {

  private final long leaseNanos;
  private final boolean forces;
  private final Set<Rule> rules;
  private final TreeMap<NodeId, Long> granted = new TreeMap<>();
  private Optional<ClusterMap> map = Optional.empty();

  /// From which epoch on, as far as this node saw it, the council is the one of its map; and since
  /// when, on the monotonic clock.
  private long councilEpoch;

  private long councilSinceNanos;

  /// Whom a map would force out that this member was asked to accept, and when it was asked last.
  private List<NodeId> doomed = List.of();

  private long doomedNanos;

  /// The last epoch in which a set was forced.
  private long forcedEpoch;

  Grants(MapPolicy policy, Set<Rule> rules) {
    this.rules = rules;
    leaseNanos = policy.lease().toNanos();
    forces = policy.onMajorityLoss() == MajorityLoss.SURVIVOR;
  }

  /// A map came into force, or was in force when this node started.
  void inForce(ClusterMap next, long nanos) {
    if (map.isEmpty() || !map.get().council().equals(next.council())) {
      councilEpoch = next.epoch();
      councilSinceNanos = nanos;
    }
    forcedEpoch = next.replicaSets().stream().mapToLong(ReplicaSet::forced).max().orElse(0);
    doomed = List.of();
    map = Optional.of(next);
  }

  /// Grants a lease, or does not.
  ///
  /// @param epoch the map that the node goes by
  /// @param undecided what this member has accepted and does not know to be decided
  boolean grant(NodeId node, long epoch, Optional<ClusterMap> undecided, long nanos) {
    boolean withheld =
        epoch < councilEpoch
            || epoch < forcedEpoch
            || isDoomed(node, nanos)
            || undecided.filter(this::isGrave).isPresent();
    if (!withheld) {
      granted.put(node, nanos);
    }
    return !withheld;
  }

  /// Whether this member may accept a map as far as leases are concerned. Where it may not yet,
  /// those that would be forced out get no lease as long as it is asked again and again: what one
  /// member has accepted may have to be accepted by all, and that must come to an end.
  boolean permit(ClusterMap next, long nanos) {
    var out = forcedOut(next);
    if (out.isEmpty() || areSilent(out, nanos)) {
      return true;
    }
    doomed = out;
    doomedNanos = nanos;
    return false;
  }

  private boolean isDoomed(NodeId node, long nanos) {
    return doomed.contains(node) && nanos - doomedNanos < leaseNanos / 4;
  }

  /// Whether these nodes hold no lease by this member's grants, earlier runs' included.
  boolean areSilent(Collection<NodeId> nodes, long nanos) {
    boolean outlasts = rules.contains(Rule.OUTLAST_LEASES);
    return forces && (!outlasts || haveLapsed(nodes, nanos));
  }

  private boolean haveLapsed(Collection<NodeId> nodes, long nanos) {
    return isOver(councilSinceNanos, nanos)
        && nodes.stream().allMatch(n -> !granted.containsKey(n) || isOver(granted.get(n), nanos));
  }

  private boolean isOver(long sinceNanos, long nanos) {
    return nanos - sinceNanos > leaseNanos + leaseNanos / 10;
  }

  /// Whether leases by the map in force must lapse before this one may be.
  private boolean isGrave(ClusterMap next) {
    boolean sameCouncil = map.map(ClusterMap::council).filter(next.council()::equals).isPresent();
    return !sameCouncil || !forcedOut(next).isEmpty();
  }

  /// The voters that a map goes on without, although they had a quorum together.
  private List<NodeId> forcedOut(ClusterMap next) {
    var before = map.orElseThrow().replicaSets();
    return IntStream.range(0, before.size())
        .filter(p -> next.replicaSet(p).forced() > before.get(p).forced())
        .boxed()
        .flatMap(
            p -> before.get(p).old().stream().filter(n -> !next.replicaSet(p).old().contains(n)))
        .distinct()
        .toList();
  }
}
