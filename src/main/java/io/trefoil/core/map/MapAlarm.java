package io.trefoil.core.map;

/// When the map machine wants to be woken.
public sealed interface MapAlarm {

  /// There is no map here yet: the seeds are asked again.
  record InquiryDue() implements MapAlarm {}

  /// The last pull of a newer map has had its time; whoever is still ahead may be asked again.
  record PullDue() implements MapAlarm {}

  /// The regular look around: reports, the lease, and what the steward has to propose.
  record RoundDue() implements MapAlarm {}

  /// Council members that have not answered an attempt are asked again.
  record AttemptDue() implements MapAlarm {}
}
