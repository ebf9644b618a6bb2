package io.trefoil.runtime;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.Summary;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Stock;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.runtime.ClusterView.Member;
import io.trefoil.runtime.ClusterView.PartitionCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Draws the cluster from what one node knows: its map and its membership.
final class ClusterPortrait {

  private final Optional<ClusterMap> map;
  private final Map<NodeId, Claim> claims = new TreeMap<>();

  /// What the council tells of the whole.
  ///
  /// @param summary how whole the cluster is; [Summary#NONE] before the first word
  /// @param steward who proposes maps, if that is known
  /// @param stocks what the nodes keep, as far as that is known
  record Council(Summary summary, Optional<NodeId> steward, List<Stock> stocks) {
    /// Nothing was heard yet.
    static final Council SILENT = new Council(Summary.NONE, Optional.empty(), List.of());
  }

  /// What is known.
  ///
  /// @param claims what membership holds of each member, this node included
  ClusterPortrait(Optional<ClusterMap> map, List<Claim> claims) {
    this.map = map;
    claims.forEach(claim -> this.claims.put(claim.subject(), claim));
  }

  /// The whole cluster.
  ///
  /// @param self this node
  /// @param skewMillis its clock minus what most peers say
  /// @param damaged partitions of which its copy is damaged
  /// @param council what the council tells of the whole
  ClusterView draw(
      String cluster, NodeId self, long skewMillis, Collection<Integer> damaged, Council council) {
    return new ClusterView(
        cluster,
        map.map(known -> "%016x".formatted(known.clusterId())),
        map.map(ClusterMap::epoch).orElse(0L),
        map.map(known -> council.summary().isStableIn(known.epoch())).orElse(false),
        map.map(ClusterMap::council).orElse(List.of()),
        council.steward(),
        counts(council.summary()),
        map.map(ClusterMap::forced).orElse(0L),
        List.copyOf(damaged),
        members(self, skewMillis, council.stocks()));
  }

  /// How the partitions fare.
  ///
  /// @param told what the council made out
  PartitionCounts counts(Summary told) {
    return map.map(known -> count(known, told)).orElse(PartitionCounts.NONE);
  }

  /// Whether a node is held to answer.
  boolean isAlive(NodeId node) {
    Claim claim = claims.get(node);
    return claim != null && claim.state() == MemberState.ALIVE;
  }

  /// The operator's name for a node; empty if unknown.
  String name(NodeId node) {
    Claim claim = claims.get(node);
    return claim != null ? claim.profile().name() : listed(node).map(MapMember::name).orElse("");
  }

  /// The council knows of copies, this node only of who is there: it makes do with that until the
  /// council has spoken of this map.
  private PartitionCounts count(ClusterMap known, Summary told) {
    return told.epoch() == known.epoch()
        ? new PartitionCounts(
            told.total(),
            told.whole(),
            told.moving(),
            told.underReplicated(),
            told.unavailable(),
            told.forced())
        : count(known);
  }

  private PartitionCounts count(ClusterMap known) {
    int full = 0;
    int moving = 0;
    int under = 0;
    int unavailable = 0;
    for (ReplicaSet set : known.replicaSets()) {
      moving += set.isStable() ? 0 : 1;
      if (alive(set.target()) >= known.replication()) {
        full++;
      } else if (hasQuorum(set.old()) && hasQuorum(set.target())) {
        under++;
      } else {
        unavailable++;
      }
    }
    return new PartitionCounts(known.replicaSets().size(), full, moving, under, unavailable, 0);
  }

  private boolean hasQuorum(List<NodeId> voters) {
    return alive(voters) > voters.size() / 2;
  }

  private long alive(List<NodeId> voters) {
    return voters.stream().filter(this::isAlive).count();
  }

  private List<Member> members(NodeId self, long skewMillis, List<Stock> stocks) {
    TreeSet<NodeId> all = new TreeSet<>(claims.keySet());
    map.ifPresent(known -> known.members().forEach(member -> all.add(member.id())));
    Map<NodeId, int[]> shares = shares();
    Map<NodeId, Stock> kept = new HashMap<>();
    stocks.forEach(stock -> kept.put(stock.node(), stock));
    return all.stream()
        .map(
            id ->
                member(
                    id,
                    shares.getOrDefault(id, new int[2]),
                    Optional.ofNullable(kept.get(id)),
                    id.equals(self) ? Optional.of(skewMillis) : Optional.empty()))
        .toList();
  }

  /// How many partitions each member is the first voter of, and how many it votes for.
  private Map<NodeId, int[]> shares() {
    Map<NodeId, int[]> shares = new HashMap<>();
    for (ReplicaSet set : map.map(ClusterMap::replicaSets).orElse(List.of())) {
      for (NodeId voter : set.all()) {
        int[] share = shares.computeIfAbsent(voter, _ -> new int[2]);
        share[0] += voter.equals(set.target().getFirst()) ? 1 : 0;
        share[1]++;
      }
    }
    return shares;
  }

  private Member member(NodeId id, int[] share, Optional<Stock> stock, Optional<Long> offset) {
    Optional<Claim> claim = Optional.ofNullable(claims.get(id));
    Profile profile = claim.map(Claim::profile).orElseGet(() -> profile(listed(id).orElseThrow()));
    return new Member(
        profile.name(),
        id,
        listed(id).map(ClusterPortrait::standing),
        claim.map(Claim::state),
        profile.http(),
        profile.address().toString(),
        profile.zone(),
        profile.wireVersion(),
        share[0],
        share[1],
        stock.map(Stock::keys),
        stock.map(Stock::bytes),
        profile.epoch(),
        offset);
  }

  private Optional<MapMember> listed(NodeId node) {
    return map.flatMap(known -> known.member(node));
  }

  /// What a member that membership does not know says of itself, as far as the map has it.
  private static Profile profile(MapMember listed) {
    return new Profile(listed.name(), listed.address(), listed.zone(), listed.weight(), "", 0);
  }

  /// What the map means to do with a member.
  static ClusterView.Standing standing(MapMember member) {
    return switch (member.standing()) {
      case ACTIVE -> ClusterView.Standing.ACTIVE;
      case LEAVING -> ClusterView.Standing.DRAINING;
      case EVICTED -> ClusterView.Standing.GONE;
    };
  }
}
