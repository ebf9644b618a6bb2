package io.trefoil.simulation.transcript;

import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.MembershipMessage;
import java.util.List;
import java.util.stream.Collectors;

/// Membership's messages in words.
record MembershipWords(Names names) {

  String of(MembershipMessage message) {
    return switch (message) {
      case MembershipMessage.Ping m ->
          "Ping "
              + Names.number(m.number())
              + ", meant for "
              + names.node(m.target())
              + ", I am "
              + claim(m.sender())
              + news(m.claims());
      case MembershipMessage.Ack m ->
          "Ack " + Names.number(m.number()) + " from " + claim(m.responder()) + news(m.claims());
      case MembershipMessage.Relay m ->
          "Relay "
              + Names.number(m.number())
              + ": try "
              + names.peer(m.target())
              + " within "
              + m.patience().toMillis()
              + " ms"
              + news(m.claims());
      case MembershipMessage.Nack m -> "Nack " + Names.number(m.number());
      case MembershipMessage.WrongTarget m ->
          "WrongTarget "
              + Names.number(m.number())
              + ": not "
              + names.node(m.meant())
              + ", I am "
              + claim(m.sender());
      case MembershipMessage.Gossip m -> "Gossip" + news(m.claims());
      case MembershipMessage.Join m ->
          "Join " + Names.number(m.number()) + ", I am " + claim(m.sender());
      case MembershipMessage.Welcome m ->
          "Welcome " + Names.number(m.number()) + ", I am " + claim(m.sender()) + news(m.claims());
      case MembershipMessage.Compare _ -> "Compare digests";
      case MembershipMessage.Differ m ->
          "Differ in " + m.buckets().size() + " buckets" + news(m.claims());
      case MembershipMessage.Reconcile m -> "Reconcile" + news(m.claims());
    };
  }

  private String news(List<Claim> claims) {
    return claims.isEmpty()
        ? ""
        : claims.stream().map(this::claim).collect(Collectors.joining(", ", "; news: ", ""));
  }

  /// Who, what, run.incarnation, and by whom if not by the subject.
  private String claim(Claim claim) {
    String accuser =
        claim.accuser().equals(claim.subject()) ? "" : " says " + names.node(claim.accuser());
    return names.node(claim.subject())
        + " "
        + claim.state().name().toLowerCase()
        + " "
        + claim.run()
        + "."
        + claim.incarnation()
        + accuser;
  }
}
