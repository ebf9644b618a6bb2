package io.trefoil.core.map;

/// When the map machine wants to be woken.
public sealed interface MapAlarm {

  /// Whoever has not answered about the first map is asked again.
  record InquiryDue() implements MapAlarm {}

  /// A newer map was heard of and has not come yet.
  record PullDue() implements MapAlarm {}
}
