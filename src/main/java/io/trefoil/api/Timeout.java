package io.trefoil.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a client is ready to wait, as it writes it: `500ms`, `2s`.
final class Timeout {

  /// The longest, in milliseconds.
  static final long MAX_MILLIS = 60_000;

  /// Five digits cover 60,000 and cannot overflow.
  private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(ms|s)");

  private Timeout() {}

  /// The milliseconds; empty if the text is no whole number of `ms` or `s`, below 1 ms or above 60
  /// s.
  static Optional<Long> parseMillis(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long unit = form.group(2).equals("s") ? 1_000 : 1;
    long millis = Long.parseLong(form.group(1)) * unit;
    return millis >= 1 && millis <= MAX_MILLIS ? Optional.of(millis) : Optional.empty();
  }
}
