package io.trefoil.cli.backup;

import java.util.Locale;

/// What a restore does with a key that has a value.
public enum Existing {
  /// Leaves it: what was written since the backup is newer.
  KEEP,
  /// Writes the backup's value over it.
  OVERWRITE,
  /// Stops, unless it is the very value of the backup.
  REFUSE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
