package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trefoil.cli.client.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil await-stable`: for scripts that go on once every copy is in its place.
@Command(
    name = "await-stable",
    header = "Wait until every key is on its three nodes, compared and found alike.",
    description =
        "Asks until a node says that the cluster is stable. Exit code 3, with how the partitions"
            + " fare, if it is not when the time is over.",
    footer = {
      "  trefoil await-stable --wait 600",
      "  trefoil await-stable -e localhost:8080,localhost:8081 --json"
    })
final class AwaitStableCommand implements Callable<Integer> {

  private static final int LONGEST_WAIT = 86_400;
  private static final Duration AGAIN = Duration.ofMillis(500);

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long it may take. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  private final Console console;

  AwaitStableCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (waitSeconds < 0 || waitSeconds > LONGEST_WAIT) {
      throw new Failure(
          ExitCode.USAGE, "--wait is " + waitSeconds + "; it lies between 0 and " + LONGEST_WAIT);
    }
    JsonNode view = await();
    if (output.json()) {
      console.json(view);
    } else {
      console.say("stable, with cluster map " + view.path("epoch").asLong());
    }
    return ExitCode.OK.code();
  }

  /// The first view that is stable. Where nobody answers it goes on asking: a node may be on its
  /// way back.
  private JsonNode await() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    while (true) {
      Failure why;
      try {
        JsonNode view = Views.ask(nodes, Call.get("/v1/cluster"));
        if (view.path("stable").asBoolean()) {
          return view;
        }
        why = unstable(view);
      } catch (Failure failure) {
        why = failure;
      }
      if (why.exitCode() != ExitCode.NOT_DONE || System.nanoTime() + AGAIN.toNanos() >= end) {
        throw why;
      }
      Thread.sleep(AGAIN);
    }
  }

  private Failure unstable(JsonNode view) {
    String how = String.join("", Views.facts(view, List.of("partitions")));
    return new Failure(
        ExitCode.NOT_DONE, "not stable after " + waitSeconds + " s; " + how.replace("  ", " "));
  }
}
