package io.trefoil.core.membership;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// One process of a [VirtualCluster]: a machine, its alarms, and whether it runs.
final class VirtualHost {

  /// What hosts are doing.
  enum Condition {
    RUNNING,
    PAUSED,
    STOPPED
  }

  final Swim swim;
  final NodeId id;
  final Address address;
  final Map<MembershipAlarm, Long> alarms = new HashMap<>();
  final Deque<Runnable> mailbox = new ArrayDeque<>();
  final List<Runnable> lateAlarms = new ArrayList<>();
  Condition condition = Condition.RUNNING;
  long troubledNanos = Long.MIN_VALUE;
  long packets;
  long bytes;

  VirtualHost(NodeId id, long run, Address address, MembershipSettings settings, long seed) {
    this.id = id;
    this.address = address;
    Profile profile =
        new Profile("node-" + id.bits(), address, "zone-a", 1, address.host() + ":8080", 1);
    swim = new Swim(id, run, profile, settings, new SplittableRandom(seed));
  }

  boolean isRunning() {
    return condition == Condition.RUNNING;
  }
}
