package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A command that does not end well, in one sentence. It carries no stack trace: what is wrong lies
/// outside the program, and the sentence is all there is to say.
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;
  private final transient ObjectNode json;

  /// A failure whose JSON form tells the sentence alone.
  ///
  /// @param exitCode what the caller is told
  /// @param sentence what is wrong, for a reader
  public Failure(ExitCode exitCode, String sentence) {
    this(exitCode, sentence, JsonNodeFactory.instance.objectNode().put("detail", sentence));
  }

  /// A failure with more to tell to programs.
  ///
  /// @param json what `--json` prints
  public Failure(ExitCode exitCode, String sentence, ObjectNode json) {
    super(sentence, null, false, false);
    this.exitCode = exitCode;
    this.json = json;
  }

  /// What the caller is told.
  public ExitCode exitCode() {
    return exitCode;
  }

  /// What `--json` prints.
  public ObjectNode json() {
    return json;
  }
}
