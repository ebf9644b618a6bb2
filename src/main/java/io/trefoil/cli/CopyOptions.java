package io.trefoil.cli;

import io.trefoil.cli.backup.Cluster;
import io.trefoil.cli.client.StoreClient;
import io.trefoil.cli.load.Patience;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The options that backup and restore share.
final class CopyOptions {

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "How many requests are under way at once, and so how many values are in memory."
              + " Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long what was not done is tried again, pausing longer and longer."
              + " Default: ${DEFAULT-VALUE}.")
  private int patienceSeconds;

  /// How many requests may be under way.
  ///
  /// @throws Failure if that is none
  int clients() {
    if (clients < 1) {
      throw new Failure(ExitCode.USAGE, "--clients is " + clients + "; at least 1");
    }
    return clients;
  }

  /// The cluster behind a client.
  ///
  /// @throws Failure if the patience is below zero
  Cluster cluster(StoreClient client) {
    if (patienceSeconds < 0) {
      throw new Failure(ExitCode.USAGE, "--patience is " + patienceSeconds + "; at least 0");
    }
    return new Cluster(client, Patience.of(Duration.ofSeconds(patienceSeconds), true));
  }
}
