package io.trefoil.cli.backup;

import java.io.IOException;
import java.nio.file.Path;

/// A backup that a newer program wrote.
public final class NewerFormat extends IOException {

  private static final long serialVersionUID = 1L;

  /// A file of a newer format.
  NewerFormat(Path file, int format) {
    super(
        "%s has format %d; this program reads up to %d: use the one that wrote it, or a newer one"
            .formatted(file, format, Frames.FORMAT));
  }
}
