package io.trefoil.core.node;

import io.trefoil.core.map.MapAlarm;
import io.trefoil.core.membership.MembershipAlarm;
import io.trefoil.core.register.RegisterAlarm;
import io.trefoil.core.stabilization.StabilizationAlarm;

/// An alarm of one of the machines.
public sealed interface Alarm {

  /// Membership's.
  record OfMembership(MembershipAlarm alarm) implements Alarm {}

  /// The map's.
  record OfMap(MapAlarm alarm) implements Alarm {}

  /// The registers'.
  record OfRegister(RegisterAlarm alarm) implements Alarm {}

  /// Stabilization's.
  record OfStabilization(StabilizationAlarm alarm) implements Alarm {}
}
