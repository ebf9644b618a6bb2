package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trefoil.simulation.lab.MembershipPlan;
import io.trefoil.simulation.lab.MembershipRow;
import io.trefoil.simulation.lab.MembershipTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil lab`: what membership costs and how soon it notices, in virtual time.
@Command(
    name = "lab",
    header = "Measure the protocol in virtual time, and print tables.",
    description =
        "By itself: how soon membership notices crashes, how often it is wrong, what it sends and"
            + " how it heals, for clusters of several sizes under several losses. 'lab speed' tells"
            + " how fast nodes are simulated, 'lab store' how a large store is repaired.",
    footer = {
      "  trefoil lab",
      "  trefoil lab --nodes 3,10,100,1000 --loss 0,5,10,30 --hours 100",
      "  trefoil lab --nodes 10000 --settled",
      "  trefoil lab speed --nodes 1000",
      "  trefoil lab store --nodes 200 --keys 100000"
    })
final class LabCommand implements Callable<Integer> {

  @Mixin private OutputOptions output;

  @Option(
      names = "--nodes",
      split = ",",
      paramLabel = "N",
      defaultValue = "3,10,100",
      description = "Sizes of clusters, 3 to 10,000. Default: ${DEFAULT-VALUE}.")
  private List<Integer> nodes;

  @Option(
      names = "--loss",
      split = ",",
      paramLabel = "PERCENT",
      defaultValue = "0,5,10,30",
      description = "How many of a hundred packets are lost. Default: ${DEFAULT-VALUE}.")
  private List<Integer> losses;

  @Option(
      names = "--hours",
      paramLabel = "H",
      defaultValue = "10",
      description =
          "For how many node-hours false deaths are counted at least, each. Default:"
              + " ${DEFAULT-VALUE}.")
  private int hours;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "All chance follows from it. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--settled",
      description =
          "Nodes begin with a view of all instead of joining, and ten of them are split off"
              + " instead of half: for thousands, either takes longer than all the rest.")
  private boolean settled;

  private final Console console;

  LabCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<MembershipPlan> plans = plans();
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    try (Progress progress = Progress.of(console, "Measuring", plans.size())) {
      if (!output.json()) {
        MembershipTable.headings().forEach(console::say);
      }
      for (MembershipPlan plan : plans) {
        MembershipRow row = MembershipTrial.run(plan);
        json.add(MembershipTable.json(row));
        if (!output.json()) {
          console.say(MembershipTable.line(row));
        }
        progress.step(1);
      }
    }
    if (output.json()) {
      console.json(json);
    }
    return ExitCode.OK.code();
  }

  private List<MembershipPlan> plans() {
    List<MembershipPlan> plans = new ArrayList<>();
    try {
      for (int size : nodes) {
        for (int loss : losses) {
          MembershipPlan plan = MembershipPlan.of(seed, size, loss / 100.0, hours);
          plans.add(settled ? plan.amongSettled() : plan);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage());
    }
    return plans;
  }
}
