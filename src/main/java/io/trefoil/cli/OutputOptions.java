package io.trefoil.cli;

import picocli.CommandLine.Option;

/// The option of every command that has a result.
final class OutputOptions {

  @Option(
      names = "--json",
      description =
          "Print the result, or what went wrong, as one JSON document on standard output.")
  private boolean json;

  /// Whether the result is wanted for programs.
  boolean json() {
    return json;
  }
}
