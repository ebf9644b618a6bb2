package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `trefoil recommission`: lets a member stay after all.
@Command(
    name = "recommission",
    header = "Let a member stay after all: it gets its share of the ring back.",
    description = "What was moved off it moves back.",
    footer = {"  trefoil recommission node-4"})
final class RecommissionCommand implements Callable<Integer> {

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "NAME", description = "The member's name.")
  private String name;

  private final Console console;

  RecommissionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonNode member = Views.ask(nodes, MemberPath.order(name, "recommission"));
    if (output.json()) {
      console.json(member);
    } else {
      console.say(name + " stays");
    }
    return ExitCode.OK.code();
  }
}
