package io.trefoil.core.register;

/// When a register machine wants to be woken.
public sealed interface RegisterAlarm {

  /// The round has lasted as long as it may: whoever has not answered is asked again, a pause ends,
  /// or the operation gives up.
  record RepeatDue(Exchange exchange) implements RegisterAlarm {}

  /// Replicas are told what every voter holds.
  record SettleDue() implements RegisterAlarm {}
}
