package io.trefoil.wire;

/// Bytes on disk are not what this version, or an earlier one, wrote there.
public final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1;

  /// With a sentence saying what cannot be read and why.
  UnreadableException(String sentence) {
    super(sentence);
  }
}
