package io.trefoil.core.register;

/// When a register machine wants to be woken.
public sealed interface RegisterAlarm {

  /// Whoever has not answered this round is asked again, or the operation gives up.
  record RepeatDue(Exchange exchange) implements RegisterAlarm {}

  /// The pause after a lost contention is over.
  record BackedOff(Exchange exchange) implements RegisterAlarm {}

  /// Replicas are told what every voter holds.
  record SettleDue() implements RegisterAlarm {}
}
