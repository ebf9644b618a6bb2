package io.trefoil.storage;

import java.io.IOException;
import java.nio.file.Path;

/// A data directory that a node must not or cannot start from. The message is a sentence for the
/// operator, naming the directory.
public final class UnusableDirectory extends IOException {

  private static final long serialVersionUID = 1;

  /// Says what is wrong with a directory.
  ///
  /// @param predicate the sentence after the directory's name, without its full stop
  UnusableDirectory(Path directory, String predicate) {
    super("The data directory " + directory.toAbsolutePath() + " " + predicate + ".");
  }

  /// Says what is wrong with a directory, and what said so.
  UnusableDirectory(Path directory, String predicate, Throwable cause) {
    super(
        "The data directory "
            + directory.toAbsolutePath()
            + " "
            + predicate
            + ": "
            + cause.getMessage()
            + ".",
        cause);
  }
}
