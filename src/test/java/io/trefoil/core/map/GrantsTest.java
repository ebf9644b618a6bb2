package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Leases against forced maps: each rule of the essay in [Grants].
final class GrantsTest {

  private static final List<MapMember> MEMBERS =
      IntStream.rangeClosed(1, 5).mapToObj(GrantsTest::member).toList();
  private static final ClusterMap MAP = new Founding(5, new Partitions(1), 3, 4).found(9, MEMBERS);
  private static final ReplicaSet SET = MAP.replicaSet(0);
  private static final NodeId SURVIVOR = SET.old().get(0);
  private static final NodeId LOST = SET.old().get(1);
  private static final ClusterMap FORCED =
      MAP.next(MEMBERS, MAP.council(), List.of(SET.forced(2, List.of(SURVIVOR), SET.old())));
  private static final long LEASE = Duration.ofSeconds(10).toNanos();
  private static final long SURELY = LEASE + LEASE / 10 + 1;

  private final Grants grants = new Grants(MapPolicy.DEFAULT, Rule.ALL);

  @Test
  void aMemberThatHasJustStartedWaitsOneLeaseBeforeItForces() {
    grants.inForce(MAP, 0);
    assertFalse(grants.permit(FORCED, LEASE));
    assertTrue(grants.permit(FORCED, SURELY));
  }

  @Test
  void nobodyIsForcedOutWhoWasGrantedALeaseOfLate() {
    grants.inForce(MAP, 0);
    assertTrue(grants.grant(LOST, 1, Optional.empty(), LEASE));
    assertFalse(grants.permit(FORCED, SURELY));
    assertTrue(grants.permit(FORCED, LEASE + SURELY));
  }

  @Test
  void grantsToOthersDoNotDelayIt() {
    grants.inForce(MAP, 0);
    assertTrue(grants.grant(SURVIVOR, 1, Optional.empty(), LEASE));
    assertTrue(grants.permit(FORCED, SURELY));
  }

  @Test
  void whoeverIsAskedTooSoonStopsGrantingToThoseForcedOut() {
    grants.inForce(MAP, 0);
    assertFalse(grants.permit(FORCED, 1));
    assertFalse(grants.grant(LOST, 1, Optional.empty(), 2));
    assertTrue(grants.grant(SURVIVOR, 1, Optional.empty(), 2));
    assertTrue(grants.grant(LOST, 1, Optional.empty(), LEASE / 2));
  }

  @Test
  void whileAForcedMapIsAcceptedAndUndecidedNothingIsGranted() {
    grants.inForce(MAP, 0);
    assertFalse(grants.grant(LOST, 1, Optional.of(FORCED), 1));
    assertFalse(grants.grant(SURVIVOR, 1, Optional.of(FORCED), 1));
  }

  @Test
  void afterAForcedMapOnlyThoseWhoGoByItGetALease() {
    grants.inForce(MAP, 0);
    grants.inForce(FORCED, SURELY);
    assertFalse(grants.grant(LOST, 1, Optional.empty(), SURELY));
    assertTrue(grants.grant(LOST, 2, Optional.empty(), SURELY));
  }

  @Test
  void anotherCouncilGrantsOnlyToThoseWhoGoByItAndWaitsOneLease() {
    grants.inForce(MAP, 0);
    var council = MAP.next(MEMBERS, MAP.council().subList(0, 3), MAP.replicaSets());
    assertFalse(grants.grant(LOST, 1, Optional.of(council), SURELY));
    grants.inForce(council, SURELY);
    assertFalse(grants.grant(LOST, 1, Optional.empty(), SURELY));
    assertTrue(grants.grant(SURVIVOR, 2, Optional.empty(), SURELY));
    var forced = council.next(MEMBERS, council.council(), FORCED.replicaSets());
    assertFalse(grants.permit(forced, SURELY + LEASE));
    assertTrue(grants.permit(forced, SURELY + SURELY));
  }

  @Test
  void anOrdinaryMapNeedsNoSilence() {
    grants.inForce(MAP, 0);
    var moving = SET.moving(2, MEMBERS.stream().map(MapMember::id).limit(3).toList());
    assertTrue(grants.permit(MAP.next(MEMBERS, MAP.council(), List.of(moving)), 1));
    var ordinary = MAP.next(MEMBERS, MAP.council(), List.of(moving));
    assertTrue(grants.grant(LOST, 1, Optional.of(ordinary), 1));
  }

  @Test
  void underWaitNothingIsForcedEver() {
    var policy = MapPolicy.DEFAULT;
    var waiting =
        new Grants(
            new MapPolicy(
                policy.evictionDelay(),
                policy.seatDelay(),
                policy.lease(),
                MajorityLoss.WAIT,
                policy.movesAtOnce()),
            Rule.ALL);
    waiting.inForce(MAP, 0);
    assertFalse(waiting.permit(FORCED, SURELY * 100));
  }

  @Test
  void aLeaseIsCountedFromTheAskingAndNeedsAMajority() {
    var lease = new Lease(MapPolicy.DEFAULT);
    var council = MAP.council();
    lease.granted(council.get(0), 0);
    lease.granted(council.get(1), 5);
    assertFalse(lease.isHeld(council, 6));
    lease.granted(council.get(2), 7);
    assertTrue(lease.isHeld(council, LEASE - 1));
    assertFalse(lease.isHeld(council, LEASE));
  }

  private static MapMember member(int node) {
    return MapMember.active(
        new NodeId(node), "node-" + node, "", 1, new Address("10.0.0." + node, 7400));
  }
}
