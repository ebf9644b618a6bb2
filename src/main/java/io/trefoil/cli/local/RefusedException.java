package io.trefoil.cli.local;

/// A local cluster cannot be started as asked; the message is a sentence for the user, and all
/// there is to say.
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// A refusal.
  ///
  /// @param sentence what is in the way
  public RefusedException(String sentence) {
    super(sentence, null, false, false);
  }
}
