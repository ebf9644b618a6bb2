package io.trefoil.cli.load;

import io.trefoil.cli.ExitCode;

/// What became of one line of the file.
public enum Fate {
  /// Written and acknowledged, or read back and equal.
  DONE("done", ExitCode.OK),
  /// It is no record.
  MALFORMED("malformed", ExitCode.REFUSED),
  /// A node refused it for what it is.
  REFUSED("refused", ExitCode.REFUSED),
  /// Read back, and there is no value.
  MISSING("missing", ExitCode.REFUSED),
  /// Read back, and the value is another.
  DIFFERENT("different", ExitCode.REFUSED),
  /// Not done, however often it was tried.
  NONE("none", ExitCode.NOT_DONE),
  /// It may or may not have been written.
  UNKNOWN("unknown", ExitCode.UNKNOWN);

  private final String word;
  private final ExitCode exitCode;

  Fate(String word, ExitCode exitCode) {
    this.word = word;
    this.exitCode = exitCode;
  }

  /// The word in reports.
  public String word() {
    return word;
  }

  /// What the process ends with if this was the worst that happened; later constants are worse.
  public ExitCode exitCode() {
    return exitCode;
  }
}
