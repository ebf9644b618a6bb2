package io.trefoil.core.node;

import io.trefoil.core.map.MapMessage;
import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.stabilization.StabilizationMessage;

/// A message of one of the protocols.
public sealed interface Message {

  /// Who is reachable.
  record OfMembership(MembershipMessage message) implements Message {}

  /// Who votes for what.
  record OfMap(MapMessage message) implements Message {}

  /// What a key holds.
  record OfRegister(RegisterMessage message) implements Message {}

  /// Whether copies are complete and equal.
  record OfStabilization(StabilizationMessage message) implements Message {}
}
