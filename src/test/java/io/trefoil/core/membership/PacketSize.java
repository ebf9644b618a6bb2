package io.trefoil.core.membership;

import java.util.List;

/// What a message costs on the wire, estimated from above: IP and UDP headers (28), frame with seal
/// (44), envelope (60), fields, and claims by [Claim#encodedBytes].
final class PacketSize {

  private static final int AROUND = 28 + 44 + 60;
  private static final int NUMBER = 11;
  private static final int NODE = 10;

  private PacketSize() {}

  static int of(MembershipMessage message) {
    return AROUND
        + switch (message) {
          case MembershipMessage.Ping p ->
              NUMBER + NODE + p.sender().encodedBytes() + sum(p.claims());
          case MembershipMessage.Ack a -> NUMBER + a.responder().encodedBytes() + sum(a.claims());
          case MembershipMessage.Relay r -> NUMBER + 3 * NODE + 20 + sum(r.claims());
          case MembershipMessage.Nack _ -> NUMBER;
          case MembershipMessage.WrongTarget w -> NUMBER + NODE + w.sender().encodedBytes();
          case MembershipMessage.Gossip g -> sum(g.claims());
          case MembershipMessage.Join j -> NUMBER + j.sender().encodedBytes();
          case MembershipMessage.Welcome w -> NUMBER + w.sender().encodedBytes() + sum(w.claims());
          case MembershipMessage.Compare _ -> 4 * Digest.BUCKETS + 3;
          case MembershipMessage.Differ d -> 2 * d.buckets().size() + sum(d.claims());
          case MembershipMessage.Reconcile r -> sum(r.claims());
        };
  }

  private static int sum(List<Claim> claims) {
    return claims.stream().mapToInt(Claim::encodedBytes).sum();
  }
}
