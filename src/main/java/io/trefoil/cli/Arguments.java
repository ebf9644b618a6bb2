package io.trefoil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether the arguments arrived as they were typed. Java decodes them by the locale, and in one
/// that knows ASCII alone every other byte becomes a question mark: a key would silently be
/// another.
final class Arguments {

  private static final Path TYPED = Path.of("/proc/self/cmdline");

  private Arguments() {}

  /// What is wrong with the arguments of this process, for a reader; where it cannot be found out,
  /// nothing.
  static Optional<String> trouble() {
    return trouble(System.getProperty("sun.jnu.encoding"), TYPED);
  }

  /// The same, for an encoding of the locale and a file that holds the arguments as bytes.
  static Optional<String> trouble(String encoding, Path typed) {
    if (StandardCharsets.UTF_8.name().equals(encoding)) {
      return Optional.empty();
    }
    try {
      for (byte b : Files.readAllBytes(typed)) {
        if (b < 0) {
          return Optional.of(
              "the locale does not know the characters of the arguments (it is "
                  + encoding
                  + "); set LC_ALL=C.UTF-8 and try again");
        }
      }
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
