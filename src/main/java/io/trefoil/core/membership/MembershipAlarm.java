package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;

/// When the membership machine wants to be woken.
public sealed interface MembershipAlarm {

  /// The next probe period began.
  record PeriodBegan() implements MembershipAlarm {}

  /// A probe was not answered so far: ping again, ask relays, or give up.
  ///
  /// @param number the probe's
  record ProbeOverdue(long number) implements MembershipAlarm {}

  /// A ping sent for another member was not answered so far: ping again, or say so.
  ///
  /// @param number the ping's
  record RelayOverdue(long number) implements MembershipAlarm {}

  /// A suspect's time to refute is nearly over: ring it once more.
  record LastCallDue(NodeId subject) implements MembershipAlarm {}

  /// A suspect had its time to refute.
  record SuspicionExpired(NodeId subject) implements MembershipAlarm {}

  /// The next round of gossip is due.
  record GossipDue() implements MembershipAlarm {}

  /// The next comparison of digests is due.
  record ComparisonDue() implements MembershipAlarm {}

  /// The next attempt to reach somebody lost is due.
  record HealDue() implements MembershipAlarm {}
}
