package io.trefoil.api;

import java.util.Locale;

/// How the constants of an enumeration are written in JSON and in problem names: `not-found`.
final class Label {

  private Label() {}

  /// The constant's name in lower case, with hyphens.
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
