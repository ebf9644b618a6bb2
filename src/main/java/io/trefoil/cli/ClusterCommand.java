package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trefoil.cli.client.Call;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil cluster`: the cluster as one node sees it.
@Command(
    name = "cluster",
    header = "Show the cluster as one node sees it.",
    description = "Its members, and how its data stands.",
    footer = {
      "  trefoil cluster",
      "  trefoil cluster --endpoint localhost:8081   # as another node sees it",
      "  trefoil cluster --watch                     # and what happens from then on",
      "  trefoil cluster --json"
    })
final class ClusterCommand implements Callable<Integer> {

  private static final List<String> FACTS =
      List.of("name", "id", "epoch", "stable", "council", "steward", "partitions", "damaged");

  private static final List<String> COLUMNS =
      List.of(
          "name",
          "id",
          "standing",
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

  @Option(
      names = "--watch",
      description = "Then go on with a line for each event, until Ctrl-C; with --json, JSON lines.")
  private boolean watch;

  private final Console console;

  ClusterCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    JsonNode view = Views.ask(nodes, Call.get("/v1/cluster"));
    if (output.json()) {
      if (watch) {
        console.say(view.toString());
      } else {
        console.json(view);
      }
    } else {
      Views.facts(view, FACTS).forEach(console::say);
      console.say("");
      Views.byName(view.path("members"), COLUMNS).lines().forEach(console::say);
    }
    if (watch) {
      new EventWatch(console, output.json()).follow(nodes.endpoints());
    }
    return ExitCode.OK.code();
  }
}
