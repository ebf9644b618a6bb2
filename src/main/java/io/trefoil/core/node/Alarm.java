package io.trefoil.core.node;

import io.trefoil.core.map.MapAlarm;
import io.trefoil.core.membership.MembershipAlarm;
import io.trefoil.core.register.RegisterAlarm;
import io.trefoil.core.stabilization.StabilizationAlarm;

/// An alarm of one of the machines.
public sealed interface Alarm {

  /// Membership's.
  record OfMembership(MembershipAlarm alarm) implements Alarm {
    @Override
    public int hashCode() {
      return hash(alarm);
    }
  }

  /// The map's.
  record OfMap(MapAlarm alarm) implements Alarm {
    @Override
    public int hashCode() {
      return hash(alarm);
    }
  }

  /// The registers'.
  record OfRegister(RegisterAlarm alarm) implements Alarm {
    @Override
    public int hashCode() {
      return hash(alarm);
    }
  }

  /// Stabilization's.
  record OfStabilization(StabilizationAlarm alarm) implements Alarm {
    @Override
    public int hashCode() {
      return hash(alarm);
    }
  }

  /// Tells the kinds apart. Those without fields would all have the hash 0, and a host that keeps
  /// its alarms in a hash table would look at one after the other, at every input.
  private static int hash(Object alarm) {
    return 31 * alarm.getClass().getName().hashCode() + alarm.hashCode();
  }
}
