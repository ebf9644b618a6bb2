package io.trefoil.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The one binary: `trefoil SUBCOMMAND`. Without a subcommand it serves, as a container does.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage.
@QuarkusMain
@Command(
    name = "trefoil",
    description = "A fault-tolerant key-value store.",
    version = "trefoil " + Main.VERSION,
    mixinStandardHelpOptions = true,
    subcommands = {Serve.class})
public final class Main implements Runnable {

  /// The release, as in pom.xml.
  static final String VERSION = "0.1.0-SNAPSHOT";

  /// Runs one command line and exits with its code.
  ///
  /// @param arguments the command line, without the program's name
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public void run() {
    new Serve().run();
  }
}
