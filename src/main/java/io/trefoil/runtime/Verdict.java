package io.trefoil.runtime;

/// How an operator's command ended.
///
/// @param kind in one word
/// @param sentence why it was not done, without a full stop; empty when it was
public record Verdict(Kind kind, String sentence) {

  /// It is done.
  public static final Verdict DONE = new Verdict(Kind.DONE, "");

  /// Nobody said anything: it may be done yet.
  static final Verdict UNANSWERED =
      new Verdict(Kind.UNANSWERED, "the steward, who carries it out, did not answer in time");

  /// How a command can end.
  public enum Kind {
    /// It is done.
    DONE,
    /// It will not be done, for a reason.
    REFUSED,
    /// Nobody said so in time; it may be done yet.
    UNANSWERED
  }

  /// It will not be done.
  ///
  /// @param sentence why, without a full stop
  static Verdict refused(String sentence) {
    return new Verdict(Kind.REFUSED, sentence);
  }
}
