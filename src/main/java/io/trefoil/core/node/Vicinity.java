package io.trefoil.core.node;

import io.trefoil.core.machine.Now;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.Progress;
import io.trefoil.core.map.Sighting;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.map.Surroundings;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.membership.Swim;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What the map machine sees of its node: who is there, as membership says, and how far the copies
/// are.
final class Vicinity implements Surroundings {

  private final Peer self;
  private final Swim membership;
  private final Supplier<Optional<ClusterMap>> map;
  private final Supplier<Progress> progress;

  /// @param map the one in force, for members that membership does not know
  /// @param progress how far the copies are
  Vicinity(
      Peer self, Swim membership, Supplier<Optional<ClusterMap>> map, Supplier<Progress> progress) {
    this.progress = progress;
    this.self = self;
    this.membership = membership;
    this.map = map;
  }

  @Override
  public List<Sighting> sightings(Now now) {
    return membership.members().stream().map(claim -> sighting(claim, now)).toList();
  }

  @Override
  public Peer peer(NodeId node) {
    if (node.equals(self.id())) {
      return self;
    }
    var address =
        membership
            .addressOf(node)
            .or(() -> map.get().flatMap(known -> known.member(node)).map(MapMember::address));
    return new Peer(node, address.orElse(self.address()));
  }

  @Override
  public boolean isIsolated() {
    return membership.isIsolated();
  }

  @Override
  public Progress progress() {
    return progress.get();
  }

  private Sighting sighting(Claim claim, Now now) {
    Profile profile = claim.profile();
    var member =
        MapMember.active(
            claim.subject(), profile.name(), profile.zone(), profile.weight(), profile.address());
    return new Sighting(
        member, presence(claim.state()), membership.unreachableNanos(claim.subject(), now));
  }

  private static Presence presence(MemberState state) {
    return switch (state) {
      case ALIVE -> Presence.THERE;
      case RESTARTING, SUSPECT -> Presence.AWAY;
      case DEAD -> Presence.DEAD;
      case LEFT -> Presence.GONE;
    };
  }
}
