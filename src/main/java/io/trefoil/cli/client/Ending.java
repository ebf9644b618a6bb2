package io.trefoil.cli.client;

/// How an operation that was not done ended, as the problem's `outcome` tells it.
public enum Ending {
  /// A condition did not hold, or there was nothing to read; definite.
  REFUSED("refused"),
  /// Nothing was done and nothing will be: safe to repeat.
  NONE("none"),
  /// It may or may not have been done.
  UNKNOWN("unknown");

  private final String word;

  Ending(String word) {
    this.word = word;
  }

  /// The word in problem JSON.
  public String word() {
    return word;
  }

  /// The ending that a problem's `outcome` names; a word that is none of these tells nothing, so it
  /// counts as unknown.
  public static Ending of(String word) {
    for (Ending ending : values()) {
      if (ending.word.equals(word)) {
        return ending;
      }
    }
    return UNKNOWN;
  }
}
