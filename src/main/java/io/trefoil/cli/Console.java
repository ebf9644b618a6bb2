package io.trefoil.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a command reads and writes. Results go to `out`, for people or as JSON; everything else
/// (errors, progress, remarks) goes to `err`, so that a pipe gets results alone.
///
/// @param in standard input
/// @param out standard output, UTF-8
/// @param err standard error, UTF-8
/// @param interactive whether somebody watches `err`: only then is progress drawn
public record Console(InputStream in, PrintStream out, PrintStream err, boolean interactive) {

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  /// The streams of this process.
  public static Console ofThisProcess() {
    return new Console(System.in, utf8(System.out), utf8(System.err), errIsTerminal());
  }

  /// Prints one line of a result.
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /// Prints one remark or error, with the program's name before it.
  public void remark(String sentence) {
    err.println("trefoil: " + sentence);
    err.flush();
  }

  /// Prints a result for programs: one JSON document, indented, and a line end.
  public void json(JsonNode node) {
    try {
      say(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  /// Java tells of standard input and output only; Linux tells of each stream.
  private static boolean errIsTerminal() {
    try {
      String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException _) {
      java.io.Console console = System.console();
      return console != null && console.isTerminal();
    }
  }
}
