package io.trefoil.cli;

import static java.util.Comparator.naturalOrder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.client.StoreClient;
import io.trefoil.cli.load.Patience;
import io.trefoil.cli.load.Report;
import io.trefoil.cli.load.Steps;
import io.trefoil.core.model.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `trefoil load`: writes a file of records, and reads them back.
@Command(
    name = "load",
    header = "Write a file of records, and read it back.",
    description =
        "On each line of the file stand a key, a tab, and the value; it may be packed with gzip."
            + " Records go to all nodes named, in turn. What was not done is tried again, at the"
            + " next node first. Malformed lines are reported with their numbers and left out.",
    footer = {
      "  trefoil load packages.tsv",
      "  trefoil load packages.tsv.gz -e localhost:8080,localhost:8081 --clients 16 --verify",
      "  trefoil load packages.tsv -e localhost:8082 --verify-only",
      "  generate | trefoil load - --verify"
    })
final class LoadCommand implements Callable<Integer> {

  private static final Path STANDARD_INPUT = Path.of("-");

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "FILE",
      description = "The records, as .tsv or .tsv.gz; - for standard input.")
  private Path file;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many requests are under way at once. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long a record that was not done is tried again, pausing longer and longer."
              + " Default: ${DEFAULT-VALUE}.")
  private int patienceSeconds;

  @Option(
      names = "--repeat-unknown",
      description =
          "Write a record again also when it may have been written already: right as long as"
              + " nobody else writes these keys meanwhile.")
  private boolean repeatUnknown;

  @Option(names = "--verify", description = "Then read every record back and compare the bytes.")
  private boolean verify;

  @Option(names = "--verify-only", description = "Write nothing; only read back and compare.")
  private boolean verifyOnly;

  @Option(
      names = "--acknowledged",
      paramLabel = "FILE",
      description = "Write the keys that were acknowledged to this file, one a line.")
  private Path acknowledged;

  @Option(
      names = "--only",
      paramLabel = "FILE",
      description = "Take only the records whose keys stand in this file, one a line.")
  private Path only;

  private final Console console;

  LoadCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    check();
    try (StoreClient client = nodes.client()) {
      return file.equals(STANDARD_INPUT) ? runOnInput(client).code() : run(file, client).code();
    } catch (IOException e) {
      throw new Failure(ExitCode.USAGE, FileTrouble.sentence(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.UNKNOWN, "stopped before the end of " + file);
    }
  }

  private void check() {
    if (clients < 1) {
      throw new Failure(ExitCode.USAGE, "--clients is " + clients + "; at least 1");
    }
    if (patienceSeconds < 0) {
      throw new Failure(ExitCode.USAGE, "--patience is " + patienceSeconds + "; at least 0");
    }
  }

  /// Keeps what comes in a file meanwhile, because it is read more than once.
  private ExitCode runOnInput(StoreClient client) throws IOException, InterruptedException {
    Path kept = Files.createTempFile("records", ".tsv");
    try {
      Files.copy(console.in(), kept, StandardCopyOption.REPLACE_EXISTING);
      return run(kept, client);
    } finally {
      Files.delete(kept);
    }
  }

  private ExitCode run(Path records, StoreClient client) throws IOException, InterruptedException {
    Patience patience = Patience.of(Duration.ofSeconds(patienceSeconds), repeatUnknown);
    Passes passes = new Passes(console, records, clients, wanted());
    Map<String, Report> reports = new LinkedHashMap<>();
    if (!verifyOnly) {
      reports.put("written", passes.write(Steps.writing(client, patience), acknowledged));
    }
    if (verify || verifyOnly) {
      reports.put("equal", passes.verify(Steps.verifying(client, patience)));
    }
    tell(reports);
    return reports.values().stream().map(Report::exitCode).max(naturalOrder()).orElseThrow();
  }

  private Predicate<Key> wanted() throws IOException {
    if (only == null) {
      return _ -> true;
    }
    Set<String> keys = new HashSet<>(Files.readAllLines(only));
    return key -> keys.contains(key.text());
  }

  private void tell(Map<String, Report> reports) {
    if (output.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      reports.forEach((participle, report) -> json.set(participle, report.json()));
      console.json(json);
    } else {
      reports.values().forEach(report -> report.lines().forEach(console::say));
    }
  }
}
