package io.trefoil.cli;

import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.StoreClient;

/// How the commands with a single request make it.
final class Requests {

  private Requests() {}

  /// Asks the nodes that the options name, in turn.
  ///
  /// @return the answer of the node that did it
  /// @throws Failure if none did
  static Answer.Done ask(EndpointOptions nodes, Call call) {
    try (StoreClient client = nodes.client()) {
      return Results.done(client.ask(call));
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.UNKNOWN, "stopped before an answer came");
    }
  }
}
