package io.trefoil.api;

import java.util.Locale;

/// How things are written in JSON: the constants of an enumeration, there and in problem names, as
/// `not-found`.
final class Label {

  private Label() {}

  /// A number to four places.
  static double rounded(double number) {
    return Math.round(number * 10_000) / 10_000.0;
  }

  /// The constant's name in lower case, with hyphens.
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
