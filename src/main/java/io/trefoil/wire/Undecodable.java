package io.trefoil.wire;

/// A message that cannot be taken for what it claims to be. Thrown and caught inside this package:
/// the outside sees [Decoded.Rejected], or a message skipped.
final class Undecodable extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean newer;

  private Undecodable(String word, boolean newer) {
    super(word, null, false, false);
    this.newer = newer;
  }

  /// A mistake: no version of this protocol sends it.
  ///
  /// @param word what is wrong, for the metric
  static Undecodable because(String word) {
    return new Undecodable(word, false);
  }

  /// Not known to this version; a newer peer may well send it.
  static Undecodable newer() {
    return new Undecodable("unknown", true);
  }

  /// Whether a newer peer may have sent it.
  boolean isNewer() {
    return newer;
  }

  /// Throws unless it holds.
  static void unless(boolean holds, String word) throws Undecodable {
    if (!holds) {
      throw because(word);
    }
  }
}
