package io.trefoil.cli;

import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;

/// `trefoil serve`: one node, until it is told to stop. The only subcommand that starts Quarkus.
@Command(
    name = "serve",
    description = "Run one node until it is told to stop.",
    mixinStandardHelpOptions = true)
final class Serve implements Runnable {

  @Override
  public void run() {
    Quarkus.run();
  }
}
