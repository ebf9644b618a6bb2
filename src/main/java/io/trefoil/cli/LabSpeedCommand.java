package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.simulation.lab.SpeedTrial;
import java.lang.management.ManagementFactory;
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
            + " first; then they are at rest. Seconds are those that the simulating thread had a"
            + " core. Memory is what the process holds after a collection, divided by the nodes.",
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
      names = "--loss",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description = "How many of a hundred packets are lost. Default: ${DEFAULT-VALUE}.")
  private int loss;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "For how long each is measured, after as long a warm-up. Default: 10.")
  private int seconds;

  @Option(
      names = "--introduced",
      description = "Nodes begin with a view of all instead of joining: thousands start sooner.")
  private boolean introduced;

  private final Console console;

  LabSpeedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (seconds < 1) {
      throw new Failure(
          ExitCode.USAGE, "speed is measured for a second at least, not --seconds=" + seconds);
    }
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (int size : nodes) {
      ObjectNode figures = measure(size);
      json.add(figures);
      if (!output.json()) {
        console.say(line(figures));
      }
    }
    if (output.json()) {
      console.json(json);
    }
    return ExitCode.OK.code();
  }

  private ObjectNode measure(int size) {
    long before = memory();
    long begun = cpuNanos();
    SpeedTrial trial = trial(size);
    double start = (cpuNanos() - begun) / NANOS_PER_SECOND;
    long startEvents = trial.events();
    double bytes = (double) (memory() - before) / size;
    run(trial);
    double perSecond = run(trial);
    Reference.reachabilityFence(trial);
    return JsonNodeFactory.instance
        .objectNode()
        .put("nodes", size)
        .put("eventsPerSecond", perSecond)
        .put("eventsPerSecondAtStart", startEvents / start)
        .put("secondsToStart", start)
        .put("bootstrap", trial.bootstrap().map(d -> d.toMillis() / 1e3).orElse(null))
        .put("bytesPerNode", bytes);
  }

  private SpeedTrial trial(int size) {
    try {
      return new SpeedTrial(1, size, loss / 100.0, introduced);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage());
    }
  }

  private double run(SpeedTrial trial) {
    long end = System.nanoTime() + (long) (seconds * NANOS_PER_SECOND);
    long begun = cpuNanos();
    long events = 0;
    while (System.nanoTime() < end) {
      events += trial.run(SLICE);
    }
    return events / ((cpuNanos() - begun) / NANOS_PER_SECOND);
  }

  private static String line(ObjectNode figures) {
    return ("%,d nodes: %,.0f events/s at rest; %,.0f events/s while they started, in %.1f s,"
            + " %s of their own time; %,.1f KiB per node")
        .formatted(
            figures.path("nodes").asInt(),
            figures.path("eventsPerSecond").asDouble(),
            figures.path("eventsPerSecondAtStart").asDouble(),
            figures.path("secondsToStart").asDouble(),
            bootstrap(figures.path("bootstrap")),
            figures.path("bytesPerNode").asDouble() / KIB);
  }

  private static String bootstrap(JsonNode seconds) {
    return seconds.isNull() ? "more than 600 s" : "%.1f s".formatted(seconds.asDouble());
  }

  /// What this thread used of a core: other programs on the machine do not count.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
