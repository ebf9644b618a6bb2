package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.client.Call;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil council force`: goes on without the council's majority.
@Command(
    name = "force",
    header = "Go on without the council's majority: the last resort.",
    description =
        "Only when a majority of the council is lost for good. Refused while that majority may"
            + " answer, and unless exactly the lost members are named.",
    footer = {
      "  trefoil council force --give-up node-2,node-3        # tells what may be lost",
      "  trefoil council force --give-up node-2,node-3 --yes  # does it"
    })
final class CouncilForceCommand implements Callable<Integer> {

  private static final List<String> WARNING =
      List.of(
          "this makes one node go on with a cluster map that nobody else agreed to.",
          "Whatever only the members given up had decided about the map is void. Where they were",
          "the majority of a partition's voters, writes that only they had are lost once they are",
          "evicted, unless trefoil.recovery.on-majority-loss is 'wait'.",
          "They must never run again as a cluster of their own: stop them first, for good.",
          "Do it once, at one node, for the whole cluster.");

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Option(
      names = "--give-up",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "The members of the council that are lost, each of them.")
  private List<String> givenUp;

  @Option(names = "--yes", description = "Do it, knowing what may be lost.")
  private boolean yes;

  private final Console console;

  CouncilForceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    WARNING.forEach(console::remark);
    console.remark("given up: " + String.join(", ", givenUp));
    if (!yes) {
      throw new Failure(ExitCode.USAGE, "nothing was done; say --yes to do it");
    }
    JsonNode view = Views.ask(nodes, Call.post("/v1/cluster/council:force", body().toString()));
    if (output.json()) {
      console.json(view);
    } else {
      Views.facts(view, List.of("epoch", "council", "forcedEpoch")).forEach(console::say);
    }
    return ExitCode.OK.code();
  }

  private ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    givenUp.forEach(body.putArray("giveUp")::add);
    return body;
  }
}
