package io.trefoil.core.membership;

/// When the membership machine wants to be woken.
public sealed interface MembershipAlarm {

  /// The next probe period begins.
  record PeriodBegan() implements MembershipAlarm {}
}
