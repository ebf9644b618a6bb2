package io.trefoil.core.stabilization;

/// When stabilization wants to be woken.
public sealed interface StabilizationAlarm {

  /// A session's question has not been answered.
  ///
  /// @param number the session's
  record RepeatDue(long number) implements StabilizationAlarm {}

  /// Not enough voters have told their keys.
  ///
  /// @param number the list's
  record ListDue(long number) implements StabilizationAlarm {}

  /// A partition that had to wait may be tried again.
  record RetryDue() implements StabilizationAlarm {}

  /// Sessions that had used up the byte rate may go on.
  record BudgetDue() implements StabilizationAlarm {}

  /// What stepped back for clients may take its next step.
  record CourtesyDue() implements StabilizationAlarm {}

  /// The next partition is compared again, though nothing is known to be wrong.
  record ScrubDue() implements StabilizationAlarm {}
}
