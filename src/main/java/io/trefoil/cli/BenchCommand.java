package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.bench.BenchPlan;
import io.trefoil.cli.bench.BenchResult;
import io.trefoil.cli.bench.BenchRun;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil bench`: how fast a cluster answers.
@Command(
    name = "bench",
    header = "Measure how fast a cluster answers, or how fast a disk keeps.",
    description =
        "Clients ask as fast as they are answered, reads and blind writes mixed, of keys that begin"
            + " with 'bench/'. Latencies are in microseconds. 'trefoil bench store DIR' measures"
            + " the store of one node and the bare disk.",
    footer = {
      "  trefoil bench",
      "  trefoil bench --endpoints localhost:8080,localhost:8081 --clients 16,64 --mix 50",
      "  trefoil bench --clients 64 --histogram --json",
      "  trefoil bench store /tmp/disk-to-measure"
    })
final class BenchCommand implements Callable<Integer> {

  @Mixin private OutputOptions output;

  @Option(
      names = {"-e", "--endpoints", "--endpoint"},
      split = ",",
      paramLabel = "URL",
      converter = EndpointOptions.EndpointConverter.class,
      defaultValue = "${env:TREFOIL_ENDPOINT:-http://localhost:8080}",
      description = "The nodes; clients are spread over them. Default: as for other commands.")
  private List<URI> endpoints;

  @Option(
      names = "--mix",
      paramLabel = "PERCENT",
      defaultValue = "50",
      description = "How many of a hundred operations read. Default: ${DEFAULT-VALUE}.")
  private int mix;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many keys there are. Default: ${DEFAULT-VALUE}.")
  private int keys;

  @Option(
      names = "--value-bytes",
      paramLabel = "N",
      defaultValue = "100",
      description = "The size of each value. Default: ${DEFAULT-VALUE}.")
  private int valueBytes;

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Operations under way at a time; several are measured in turn."
              + " Default: ${DEFAULT-VALUE}.")
  private List<Integer> clients;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "For how long nothing is counted at first. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "For how long is counted then. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--histogram", description = "Print all percentiles, as HdrHistogram does.")
  private boolean histogram;

  private final Console console;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    check();
    List<BenchResult> results = new ArrayList<>();
    try (Progress progress = Progress.of(console, "Measuring", clients.size())) {
      for (int count : clients) {
        results.add(BenchRun.of(plan(count)));
        progress.step(1);
      }
    }
    tell(results);
    boolean failed = results.stream().anyMatch(result -> result.operations() == 0);
    return (failed ? ExitCode.NOT_DONE : ExitCode.OK).code();
  }

  private void check() {
    atLeast("--keys", keys, 1);
    atLeast("--value-bytes", valueBytes, 0);
    atLeast("--warm-up", warmUp, 0);
    atLeast("--seconds", seconds, 1);
    clients.forEach(count -> atLeast("--clients", count, 1));
    if (mix < 0 || mix > 100) {
      throw new Failure(ExitCode.USAGE, "--mix is " + mix + "; 0 to 100");
    }
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new Failure(ExitCode.USAGE, option + " is " + value + "; at least " + least);
    }
  }

  private BenchPlan plan(int count) {
    return new BenchPlan(
        endpoints,
        mix,
        keys,
        valueBytes,
        count,
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds));
  }

  private void tell(List<BenchResult> results) {
    if (output.json()) {
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      results.forEach(result -> json.add(json(result)));
      console.json(json);
      return;
    }
    for (BenchResult result : results) {
      console.say(
          "%d clients: %.0f operations/s, %d failed"
              .formatted(result.clients(), result.perSecond(), result.failures()));
      tell("reads", result.reads());
      tell("writes", result.writes());
    }
  }

  private void tell(String what, Histogram micros) {
    if (micros.getTotalCount() > 0) {
      console.say("  " + what + ": " + Latencies.line(micros));
      if (histogram) {
        micros.outputPercentileDistribution(console.out(), 1.0);
      }
    }
  }

  private static ObjectNode json(BenchResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("clients", result.clients())
        .put("operationsPerSecond", result.perSecond())
        .put("failed", result.failures());
    json.set("reads", Latencies.json(result.reads()));
    json.set("writes", Latencies.json(result.writes()));
    return json;
  }
}
