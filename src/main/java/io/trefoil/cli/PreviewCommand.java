package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.client.Call;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil preview`: what a join or a leave would move.
@Command(
    name = "preview",
    header = "Tell what a join or a leave would move.",
    description = "Partitions, bytes, and how even it would be. Nothing is changed.",
    footer = {
      "  trefoil preview --join node-4",
      "  trefoil preview --join node-4 --weight 2 --zone east",
      "  trefoil preview --leave node-2"
    })
final class PreviewCommand implements Callable<Integer> {

  private static final List<String> FACTS =
      List.of("epoch", "partitions", "copies", "total", "bytes", "peakToMean");

  private static final List<String> COLUMNS = List.of("name", "before", "after");

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @ArgGroup(multiplicity = "1")
  private Change change;

  @Option(
      names = "--weight",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Of the one that joins, relative to others. Default: ${DEFAULT-VALUE}.")
  private int weight;

  @Option(
      names = "--zone",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Of the one that joins. Default: none.")
  private String zone;

  private final Console console;

  /// One of the two.
  static final class Change {

    @Option(names = "--join", paramLabel = "NAME", description = "A node that would join.")
    private String join;

    @Option(names = "--leave", paramLabel = "NAME", description = "A member that would leave.")
    private String leave;
  }

  PreviewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonNode view = Views.ask(nodes, Call.post("/v1/cluster:preview", body().toString()));
    if (output.json()) {
      console.json(view);
    } else {
      Views.facts(view, FACTS).forEach(console::say);
      console.say("");
      JsonTable.of(view.path("members"), COLUMNS).lines().forEach(console::say);
    }
    return ExitCode.OK.code();
  }

  private ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (change.leave != null) {
      return body.put("leave", change.leave);
    }
    body.putObject("join").put("name", change.join).put("weight", weight).put("zone", zone);
    return body;
  }
}
