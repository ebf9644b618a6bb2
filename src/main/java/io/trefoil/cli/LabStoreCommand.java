package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.simulation.lab.StoreRow;
import io.trefoil.simulation.lab.StoreTrial;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil lab store`: how a large store starts, spreads its keys, and is repaired.
@Command(
    name = "store",
    header = "Measure a whole store in virtual time: its start, its balance, its repair.",
    description =
        "Nodes start together, keys are written, one node crashes and is evicted after 30 s, and"
            + " its copies are made anew. Beside each figure stands what the project reaches for.",
    footer = {"  trefoil lab store", "  trefoil lab store --nodes 200 --keys 100000"})
final class LabStoreCommand implements Callable<Integer> {

  private static final Duration EVICTION = Duration.ofSeconds(30);

  @Mixin private OutputOptions output;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many nodes, 4 or more. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many keys. Default: ${DEFAULT-VALUE}.")
  private int keys;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4096",
      description = "The cut of the ring, a power of two. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "All chance follows from it. Default: ${DEFAULT-VALUE}.")
  private long seed;

  private final Console console;

  LabStoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    StoreRow row;
    try {
      row = StoreTrial.run(seed, nodes, keys, partitions);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage());
    }
    if (output.json()) {
      console.json(json(row));
    } else {
      tell(row);
    }
    boolean sound = row.wrongCopies() == 0 && row.surplusCopies() == 0 && row.notDone() == 0;
    return (sound && row.repaired().isPresent() ? ExitCode.OK : ExitCode.REFUSED).code();
  }

  private void tell(StoreRow row) {
    console.say("| what | measured | reach for |");
    console.say("| --- | --- | --- |");
    tell("nodes, keys", "%,d, %,d".formatted(row.nodes(), row.keys()), "");
    tell("start of all nodes until every partition is whole", seconds(row.whole()), "");
    tell("writing all keys", seconds(Optional.of(row.written())), "");
    tell("writes not acknowledged", "%d".formatted(row.notDone()), "0");
    tell("peak-to-mean keys per node", "%.3f".formatted(row.peakToMean()), "<= 1.10");
    tell(
        "three copies again, after the eviction of one node",
        seconds(row.repaired().map(EVICTION::minus).map(Duration::negated)),
        "< 60 s");
    tell("keys without equal copies on their voters", "%d".formatted(row.wrongCopies()), "0");
    tell("copies elsewhere", "%d".formatted(row.surplusCopies()), "0");
  }

  private void tell(String what, String measured, String goal) {
    console.say("| " + what + " | " + measured + " | " + goal + " |");
  }

  private static ObjectNode json(StoreRow row) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("nodes", row.nodes())
        .put("keys", row.keys())
        .put("wholeSeconds", number(row.whole()))
        .put("writtenSeconds", number(Optional.of(row.written())))
        .put("notDone", row.notDone())
        .put("peakToMean", row.peakToMean())
        .put("repairedSeconds", number(row.repaired()))
        .put("wrongCopies", row.wrongCopies())
        .put("surplusCopies", row.surplusCopies())
        .put("events", row.events())
        .put("virtualSeconds", row.virtualTime().toSeconds());
  }

  private static String seconds(Optional<Duration> duration) {
    return duration.map(d -> "%.1f s".formatted(d.toMillis() / 1e3)).orElse("–");
  }

  private static Double number(Optional<Duration> duration) {
    return duration.map(d -> d.toMillis() / 1e3).orElse(null);
  }
}
