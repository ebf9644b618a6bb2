package io.trefoil.cli;

import io.trefoil.cli.local.LocalPlan;
import io.trefoil.cli.local.Program;
import io.trefoil.cli.local.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil local`: a cluster of processes on this machine, for trying things out.
@Command(
    name = "local",
    header = "Run a cluster of separate processes on this machine.",
    description =
        "It runs until Ctrl-C. The nodes listen on the loopback address only. Their data and logs"
            + " stay in one folder and are found again by the next run.",
    footer = {
      "  trefoil local",
      "  trefoil local --nodes 5 --data /tmp/five --fresh",
      "  trefoil local --http-port 9080 --peer-port 9400",
      "  trefoil local -Dquarkus.log.level=DEBUG   # any setting, for every node"
    })
final class LocalCommand implements Callable<Integer> {

  @Mixin private OutputOptions output;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many nodes. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "trefoil-data",
      description = "The folder for data and logs. Default: ${DEFAULT-VALUE}, in this folder.")
  private Path data;

  @Option(
      names = "--fresh",
      description = "Delete what an earlier run left in the folder, if 'trefoil local' made it.")
  private boolean fresh;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The first node's HTTP port; the others follow. Default: ${DEFAULT-VALUE}.")
  private int httpPort;

  @Option(
      names = "--peer-port",
      paramLabel = "PORT",
      defaultValue = "7400",
      description =
          "The first node's port for peers; the others every 10. Default: ${DEFAULT-VALUE}.")
  private int peerPort;

  @Option(names = "--memory", description = "Keep the data in memory only.")
  private boolean memory;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "256m",
      description = "The largest heap of each node. Default: ${DEFAULT-VALUE}.")
  private String heap;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long the nodes may take to be ready. Default: ${DEFAULT-VALUE}.")
  private int patienceSeconds;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description = "A setting for every node; repeatable.")
  private Map<String, String> settings = new LinkedHashMap<>();

  private final Console console;

  LocalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      return new LocalRun(console, output.json())
          .run(plan(), Program.ofThisProcess(heap, nodes), fresh, patience())
          .code();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage());
    } catch (RefusedException e) {
      throw new Failure(ExitCode.REFUSED, e.getMessage());
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, FileTrouble.sentence(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.OK.code();
    }
  }

  private LocalPlan plan() {
    Map<String, String> all = new LinkedHashMap<>();
    if (memory) {
      all.put("trefoil.storage.engine", "memory");
    }
    all.putAll(settings);
    return new LocalPlan(nodes, data.toAbsolutePath().normalize(), httpPort, peerPort, all);
  }

  private Duration patience() {
    if (patienceSeconds < 1) {
      throw new IllegalArgumentException(
          "--patience is " + patienceSeconds + "; at least 1 second");
    }
    return Duration.ofSeconds(patienceSeconds);
  }
}
