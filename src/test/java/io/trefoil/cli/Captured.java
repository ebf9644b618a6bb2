package io.trefoil.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A console in memory, and what a command left on it.
public final class Captured {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console;

  /// A console nobody types on.
  public Captured() {
    this(new byte[0]);
  }

  /// A console with these bytes on standard input.
  public Captured(byte[] in) {
    this.console = new Console(new ByteArrayInputStream(in), stream(out), stream(err), false);
  }

  /// The console to hand out.
  public Console console() {
    return console;
  }

  /// Runs a command line on it, from clean streams.
  ///
  /// @return the exit code
  public int run(String... arguments) {
    out.reset();
    err.reset();
    return CommandLines.run(console, arguments);
  }

  /// What went to standard output, as text.
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /// What went to standard output, as bytes.
  public byte[] outBytes() {
    return out.toByteArray();
  }

  /// What went to standard error, as text.
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
