package io.trefoil.simulation.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextReleaseTest {

  private static final Claim CLAIM =
      Claim.own(
          new NodeId(1),
          1,
          0,
          MemberState.ALIVE,
          new Profile("n1", new Address("10.0.0.1", 7400), "", 1, "", 2));

  private final NextRelease release = new NextRelease();

  @Test
  void whatItSaysBesidesIsPassedOver() {
    Envelope said = pingInRun(1);
    assertEquals(Optional.of(said), release.heard(said));
  }

  /// The packet went through the wire: a run begins with 1 there.
  @Test
  void whatNobodyCanUseIsNotHeard() {
    assertEquals(Optional.empty(), release.heard(pingInRun(0)));
  }

  private static Envelope pingInRun(long run) {
    var ping = new MembershipMessage.Ping(7, new NodeId(2), CLAIM, List.of(CLAIM));
    return new Envelope(
        3,
        new NodeId(1),
        run,
        new NodeId(2),
        4,
        HybridTimestamp.ZERO,
        new Message.OfMembership(ping));
  }
}
