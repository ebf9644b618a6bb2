package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trefoil.simulation.lab.SpeedTrial;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil lab speed`: how many events a second one core simulates.
@Command(
    name = "speed",
    header = "Measure how fast membership is simulated on one core, and what a node takes.",
    description =
        "An event is an input that a node takes: a packet, an alarm, news. All nodes are started"
            + " first; then they are at rest. Memory is what the process holds after a collection,"
            + " divided by the nodes.",
    footer = {"  trefoil lab speed", "  trefoil lab speed --nodes 10,100,1000,10000 --seconds 20"})
final class LabSpeedCommand implements Callable<Integer> {

  private static final Duration SLICE = Duration.ofMillis(100);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double KIB = 1024;

  @Mixin private OutputOptions output;

  @Option(
      names = "--nodes",
      split = ",",
      paramLabel = "N",
      defaultValue = "100,1000",
      description = "Sizes of clusters. Default: ${DEFAULT-VALUE}.")
  private List<Integer> nodes;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "For how long each is measured, after as long a warm-up. Default: 10.")
  private int seconds;

  private final Console console;

  LabSpeedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (int size : nodes) {
      long begun = System.nanoTime();
      long memory = memory();
      SpeedTrial trial = new SpeedTrial(1, size);
      double ready = (System.nanoTime() - begun) / NANOS_PER_SECOND;
      double bootstrap = trial.events() / ready;
      double bytes = (double) (memory() - memory) / size;
      measure(trial);
      double rest = measure(trial);
      Reference.reachabilityFence(trial);
      json.addObject()
          .put("nodes", size)
          .put("eventsPerSecond", rest)
          .put("eventsPerSecondAtStart", bootstrap)
          .put("secondsToStart", ready)
          .put("bytesPerNode", bytes);
      if (!output.json()) {
        console.say(
            ("%,d nodes: %,.0f events/s at rest, %,.0f events/s while they started (%.1f s),"
                    + " %,.1f KiB per node")
                .formatted(size, rest, bootstrap, ready, bytes / KIB));
      }
    }
    if (output.json()) {
      console.json(json);
    }
    return ExitCode.OK.code();
  }

  private double measure(SpeedTrial trial) {
    long begun = System.nanoTime();
    long events = 0;
    while (System.nanoTime() - begun < seconds * NANOS_PER_SECOND) {
      events += trial.run(SLICE);
    }
    return events / ((System.nanoTime() - begun) / NANOS_PER_SECOND);
  }

  private static long memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
