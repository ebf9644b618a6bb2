package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.client.Call;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `trefoil decommission`: takes a member out.
@Command(
    name = "decommission",
    header = "Take a member out: what it holds moves to others.",
    description =
        "It goes on until it holds nothing, and may then be stopped for good. Refused where too few"
            + " members would be left for all copies.",
    footer = {
      "  trefoil decommission node-4",
      "  trefoil decommission node-4 --watch     # until it holds nothing any more"
    })
final class DecommissionCommand implements Callable<Integer> {

  private static final Duration AGAIN = Duration.ofMillis(500);

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "NAME", description = "The member's name.")
  private String name;

  @Option(names = "--watch", description = "Wait until it holds nothing, under a progress bar.")
  private boolean watch;

  private final Console console;

  DecommissionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    JsonNode member = Views.ask(nodes, MemberPath.order(name, "decommission"));
    if (watch) {
      member = emptied(member);
    }
    if (output.json()) {
      console.json(member);
    } else {
      int left = member.path("replicas").asInt();
      console.say(
          left == 0
              ? name + " holds nothing any more: it may be stopped for good"
              : name + " is draining: it still holds " + left + " partitions");
    }
    return ExitCode.OK.code();
  }

  private JsonNode emptied(JsonNode first) throws InterruptedException {
    JsonNode member = first;
    int whole = first.path("replicas").asInt();
    try (Progress progress = Progress.of(console, "Draining", whole)) {
      while (member.path("replicas").asInt() > 0) {
        progress.stepTo(Math.max(0, whole - member.path("replicas").asInt()));
        Thread.sleep(AGAIN);
        member = member(first);
        requireDraining(member);
      }
      progress.stepTo(whole);
    }
    return member;
  }

  /// The member as it is now; as it was, holding nothing, once the map does not name it any more.
  private JsonNode member(JsonNode first) {
    return Views.ask(nodes, Call.get("/v1/cluster"))
        .path("members")
        .valueStream()
        .filter(m -> m.path("id").equals(first.path("id")))
        .findFirst()
        .orElseGet(() -> first.<ObjectNode>deepCopy().put("replicas", 0));
  }

  private void requireDraining(JsonNode member) {
    if (member.path("standing").asText().equals("active")) {
      throw new Failure(ExitCode.REFUSED, name + " was told to stay meanwhile");
    }
  }
}
