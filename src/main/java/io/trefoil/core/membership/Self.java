package io.trefoil.core.membership;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.time.Duration;

/// What this node says of itself. Nobody else raises its incarnation.
final class Self {

  private Claim claim;

  Self(NodeId id, long run, Profile profile) {
    claim = Claim.own(id, run, 0, MemberState.ALIVE, profile);
  }

  Claim claim() {
    return claim;
  }

  NodeId id() {
    return claim.subject();
  }

  boolean is(NodeId node) {
    return claim.subject().equals(node);
  }

  /// Whether the node takes part: false once it announced that it goes.
  boolean isStaying() {
    return claim.state() == MemberState.ALIVE;
  }

  /// Answers a claim about this node by a higher incarnation, if it is stronger than its own.
  ///
  /// A claim about another run is left alone: an older one is overridden already, and a younger one
  /// means that a second process goes by the same id, which no incarnation can settle.
  ///
  /// @return whether there was something to refute
  boolean refute(Claim heard) {
    if (heard.run() != claim.run() || !heard.overrides(claim)) {
      return false;
    }
    long above = Math.max(claim.incarnation(), heard.incarnation()) + 1;
    claim = withState(claim.state(), above, claim.absence());
    return true;
  }

  /// Says that this node goes. The incarnation rises, so that accusations on their way do not
  /// override it.
  ///
  /// @param state left or restarting
  /// @param absence zero unless restarting
  void depart(MemberState state, Duration absence) {
    claim = withState(state, claim.incarnation() + 1, absence);
  }

  /// Changes data that is no evidence.
  void describe(long epoch, int load) {
    Profile old = claim.profile();
    if (old.epoch() != epoch || old.load() != load) {
      claim =
          new Claim(
              claim.subject(),
              claim.run(),
              claim.incarnation(),
              claim.state(),
              claim.accuser(),
              claim.absence(),
              old.with(epoch, load));
    }
  }

  private Claim withState(MemberState state, long incarnation, Duration absence) {
    return new Claim(
        claim.subject(),
        claim.run(),
        incarnation,
        state,
        claim.accuser(),
        absence,
        claim.profile());
  }
}
