package io.trefoil.runtime;

/// A setting that a node must not start with. The message is a sentence that begins with the key.
final class BadSetting extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /// Says what is wrong with a key's value.
  ///
  /// @param key its full name, such as `trefoil.peer.port`
  /// @param predicate the rest of the sentence, without its full stop
  BadSetting(String key, String predicate) {
    super(key + " " + predicate + ".");
  }

  /// Refuses a value outside its bounds.
  ///
  /// @return the value
  static int between(String key, int value, int low, int high) {
    if (value < low || value > high) {
      throw new BadSetting(key, "is " + value + "; it must lie between " + low + " and " + high);
    }
    return value;
  }
}
