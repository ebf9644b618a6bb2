package io.trefoil.core.register;

/// When a register machine wants to be woken.
public sealed interface RegisterAlarm {

  /// The round has lasted as long as it may: whoever has not answered is asked again, a pause ends,
  /// or the operation gives up.
  record RepeatDue(Exchange exchange) implements RegisterAlarm {}

  /// Replicas are told what every voter holds.
  record SettleDue() implements RegisterAlarm {}

  /// Tombstones that every voter holds may be forgotten.
  record CollectionDue() implements RegisterAlarm {}

  /// Records that could not be taken into a copy are tried again.
  record MergeDue() implements RegisterAlarm {}

  /// Keys that have been pending for long are looked after.
  record RepairDue() implements RegisterAlarm {}
}
