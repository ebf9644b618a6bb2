package io.trefoil.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

/// Where the program starts. Only `serve` goes on to start Quarkus; every other command is a short
/// life of its own, ended here with its exit code ([ExitCode]).
@QuarkusMain
public final class Main {

  /// The release, as in pom.xml.
  static final String VERSION = "0.1.0-SNAPSHOT";

  Main() {}

  /// Runs the command line and exits with its code.
  ///
  /// @param arguments the command line, without the program's name
  public static void main(String... arguments) {
    Console console = Console.ofThisProcess();
    Arguments.trouble()
        .ifPresent(
            sentence -> {
              console.remark(sentence);
              System.exit(ExitCode.USAGE.code());
            });
    System.exit(CommandLines.run(console, arguments));
  }
}
