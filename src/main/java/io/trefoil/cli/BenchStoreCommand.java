package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trefoil.runtime.StoreBench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `trefoil bench store`: how fast one node's store makes writes durable, beside the bare disk.
@Command(
    name = "store",
    header = "Measure the store of one node, and beside it the bare disk.",
    description =
        "Writers wait for the disk, and each begins its next write when the last is durable; then"
            + " as many bytes in groups of the same sizes are appended to a file, with a sync each."
            + " Latencies are in microseconds. DIR keeps what was written.",
    footer = {"  trefoil bench store /tmp/disk-to-measure", "  trefoil bench store DIR --json"})
final class BenchStoreCommand implements Callable<Integer> {

  private static final double NANOS_PER_SECOND = 1e9;

  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "DIR", description = "A folder on the disk; empty or missing at first.")
  private Path directory;

  @Option(
      names = "--writers",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,16,64,256",
      description = "Writes under way at a time; measured in turn. Default: ${DEFAULT-VALUE}.")
  private List<Integer> writers;

  @Option(
      names = "--value-bytes",
      paramLabel = "N",
      defaultValue = "100",
      description = "The size of each value. Default: ${DEFAULT-VALUE}.")
  private int valueBytes;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "For how long each is measured. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  private final Console console;

  BenchStoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (seconds < 1 || valueBytes < 0 || writers.stream().anyMatch(count -> count < 1)) {
      throw new Failure(ExitCode.USAGE, "--seconds and --writers are at least 1");
    }
    try {
      tell(rows());
      return ExitCode.OK.code();
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.NOT_DONE, "stopped before the end");
    }
  }

  private List<StoreBench.Row> rows() throws IOException, InterruptedException {
    StoreBench bench = new StoreBench(directory, valueBytes, Duration.ofSeconds(seconds));
    List<StoreBench.Row> rows = new ArrayList<>();
    try (Progress progress = Progress.of(console, "Measuring", writers.size())) {
      for (int count : writers) {
        rows.addAll(bench.measure(count));
        progress.step(1);
      }
    }
    return rows;
  }

  private void tell(List<StoreBench.Row> rows) {
    if (output.json()) {
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      for (StoreBench.Row row : rows) {
        json.add(
            Latencies.json(row.micros())
                .put("what", row.what())
                .put("writers", row.writers())
                .put("writesPerSecond", row.writes() * NANOS_PER_SECOND / row.nanos())
                .put("syncsPerSecond", row.syncs() * NANOS_PER_SECOND / row.nanos()));
      }
      console.json(json);
      return;
    }
    for (StoreBench.Row row : rows) {
      console.say(
          "%s, %d writers: %.0f writes/s in %.0f syncs/s; %s"
              .formatted(
                  row.what(),
                  row.writers(),
                  row.writes() * NANOS_PER_SECOND / row.nanos(),
                  row.syncs() * NANOS_PER_SECOND / row.nanos(),
                  Latencies.line(row.micros())));
    }
  }
}
