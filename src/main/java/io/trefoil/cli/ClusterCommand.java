package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trefoil.cli.client.Call;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `trefoil cluster`: the cluster as one node sees it.
@Command(
    name = "cluster",
    header = "Show the cluster as one node sees it.",
    description = "Its members, and how its data stands.",
    footer = {
      "  trefoil cluster",
      "  trefoil cluster --endpoint localhost:8081   # as another node sees it",
      "  trefoil cluster --json"
    })
final class ClusterCommand implements Callable<Integer> {

  private static final List<String> FACTS =
      List.of("name", "id", "epoch", "stable", "council", "steward", "partitions");

  private static final List<String> COLUMNS =
      List.of(
          "name",
          "id",
          "state",
          "http",
          "peer",
          "zone",
          "version",
          "primaries",
          "replicas",
          "keys",
          "bytes",
          "epoch",
          "clockOffsetMs");

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  private final Console console;

  ClusterCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonNode view = Views.ask(nodes, Call.get("/v1/cluster"));
    if (output.json()) {
      console.json(view);
    } else {
      Views.facts(view, FACTS).forEach(console::say);
      console.say("");
      JsonTable.of(byName(view.path("members")), COLUMNS).lines().forEach(console::say);
    }
    return ExitCode.OK.code();
  }

  private static JsonNode byName(JsonNode members) {
    return JsonNodeFactory.instance
        .arrayNode()
        .addAll(
            members
                .valueStream()
                .sorted(Comparator.comparing(member -> member.path("name").asText()))
                .toList());
  }
}
