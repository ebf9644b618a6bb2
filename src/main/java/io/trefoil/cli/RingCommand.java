package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trefoil.cli.client.Call;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `trefoil ring`: what each member has of the ring.
@Command(
    name = "ring",
    header = "Show what each member has of the ring.",
    description = "How even it is, and what is moving; --json also tells each partition's voters.",
    footer = {"  trefoil ring", "  trefoil ring --json"})
final class RingCommand implements Callable<Integer> {

  private static final List<String> FACTS = List.of("epoch", "partitions", "replication");

  private static final List<String> COLUMNS =
      List.of("name", "id", "zone", "weight", "standing", "primaries", "replicas", "share");

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  private final Console console;

  RingCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonNode view = Views.ask(nodes, Call.get("/v1/cluster/ring"));
    if (output.json()) {
      console.json(view);
    } else {
      Views.facts(view, FACTS).forEach(console::say);
      console.say("moving       " + view.path("moving").size());
      console.say("");
      Views.byName(view.path("members"), COLUMNS).lines().forEach(console::say);
    }
    return ExitCode.OK.code();
  }
}
