package io.trefoil.cli;

/// What the process tells its caller when a command ends. The same numbers hold for every command,
/// and they are kept: scripts are written against them.
public enum ExitCode {
  /// Done as asked.
  OK(0, "done as asked"),
  /// A definite no: a condition did not hold, the key has no value, records are wrong or a setting
  /// is.
  REFUSED(
      1,
      "refused: a condition did not hold, the key has no value, a record or a setting is wrong, a"
          + " node did not start"),
  /// The command line itself, or what it names, cannot be used; nothing was tried.
  USAGE(2, "the command cannot be used as it stands; nothing was done"),
  /// Not done, and safe to repeat: nobody reachable, no quorum, overloaded.
  NOT_DONE(3, "not done and safe to repeat: no node reachable, no quorum, overloaded"),
  /// It may or may not have been done.
  UNKNOWN(4, "unknown: it may or may not have been done"),
  /// A defect of the program.
  DEFECT(70, "a defect of this program");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /// The number given to the caller, 0 to 70.
  public int code() {
    return code;
  }

  /// One line for the help texts.
  public String meaning() {
    return meaning;
  }
}
