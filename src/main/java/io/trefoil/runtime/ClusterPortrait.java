package io.trefoil.runtime;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.Summary;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
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
  record Council(Summary summary, Optional<NodeId> steward) {
    /// Nothing was heard yet.
    static final Council SILENT = new Council(Summary.NONE, Optional.empty());
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
    PartitionCounts counts =
        map.map(known -> count(known, council.summary())).orElse(PartitionCounts.NONE);
    return new ClusterView(
        cluster,
        map.map(known -> "%016x".formatted(known.clusterId())),
        map.map(ClusterMap::epoch).orElse(0L),
        map.map(known -> council.summary().isStableIn(known.epoch())).orElse(false),
        map.map(ClusterMap::council).orElse(List.of()),
        council.steward(),
        counts,
        List.copyOf(damaged),
        members(self, skewMillis));
  }

  /// Whether a node is held to answer.
  boolean isAlive(NodeId node) {
    Claim claim = claims.get(node);
    return claim != null && claim.state() == MemberState.ALIVE;
  }

  /// The operator's name for a node; empty if unknown.
  String name(NodeId node) {
    Claim claim = claims.get(node);
    return claim != null
        ? claim.profile().name()
        : map.flatMap(known -> known.member(node)).map(MapMember::name).orElse("");
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

  private List<Member> members(NodeId self, long skewMillis) {
    TreeSet<NodeId> all = new TreeSet<>(claims.keySet());
    map.ifPresent(known -> known.members().forEach(member -> all.add(member.id())));
    Map<NodeId, int[]> shares = shares();
    return all.stream()
        .map(
            id ->
                member(
                    id,
                    shares.getOrDefault(id, new int[2]),
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

  private Member member(NodeId id, int[] share, Optional<Long> offset) {
    Claim claim = claims.get(id);
    if (claim == null) {
      MapMember listed = map.orElseThrow().member(id).orElseThrow();
      String peer = listed.address().toString();
      return new Member(
          listed.name(),
          id,
          Optional.empty(),
          "",
          peer,
          listed.zone(),
          0,
          share[0],
          share[1],
          0,
          offset);
    }
    var profile = claim.profile();
    return new Member(
        profile.name(),
        id,
        Optional.of(claim.state()),
        profile.http(),
        profile.address().toString(),
        profile.zone(),
        profile.wireVersion(),
        share[0],
        share[1],
        profile.epoch(),
        offset);
  }
}
