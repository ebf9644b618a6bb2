package io.trefoil.cli.backup;

import java.io.IOException;
import java.nio.file.Path;

/// A backup that is not what was written.
public final class DamagedBackup extends IOException {

  private static final long serialVersionUID = 1L;

  /// Damage at a place of a file.
  ///
  /// @param position of the frame, in bytes from the beginning
  /// @param what what is wrong, to go on behind "at byte N"
  DamagedBackup(Path file, long position, String what) {
    super("%s is damaged at byte %,d: %s".formatted(file, position, what));
  }

  /// Damage of a file or of the whole.
  DamagedBackup(String sentence) {
    super(sentence);
  }
}
