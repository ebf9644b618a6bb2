package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.backup.Backup;
import io.trefoil.cli.backup.Cluster;
import io.trefoil.cli.backup.DamagedBackup;
import io.trefoil.cli.backup.Existing;
import io.trefoil.cli.backup.Manifest;
import io.trefoil.cli.backup.NewerFormat;
import io.trefoil.cli.backup.RestoreRun;
import io.trefoil.cli.backup.RestoreRun.Restored;
import io.trefoil.cli.backup.RestoreRun.Verified;
import io.trefoil.cli.client.StoreClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `trefoil restore`: writes a backup into a running cluster.
@Command(
    name = "restore",
    header = "Write a backup into a running cluster.",
    description =
        "The whole backup is read and checked before anything is written. Keys that it has not are"
            + " left alone. What is interrupted goes on when the command is run again; what is"
            + " finished says so.",
    footer = {
      "  trefoil restore /backups/monday --check          # only look whether it is whole",
      "  trefoil restore /backups/monday --verify         # what has a value keeps it",
      "  trefoil restore /backups/monday --existing overwrite -e localhost:8081"
    })
final class RestoreCommand implements Callable<Integer> {

  @Mixin private EndpointOptions nodes;
  @Mixin private CopyOptions options;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "DIR", description = "The folder that trefoil backup filled.")
  private Path directory;

  @Option(
      names = "--existing",
      paramLabel = "HOW",
      defaultValue = "keep",
      description =
          "What to do with keys that have a value: ${COMPLETION-CANDIDATES}; refuse stops at the"
              + " first with another value. Default: ${DEFAULT-VALUE}.")
  private Existing existing;

  @Option(names = "--verify", description = "Then read every key of the backup, and compare.")
  private boolean verify;

  @Option(names = "--check", description = "Only check the backup; no node is asked.")
  private boolean checkOnly;

  @Option(names = "--other-cluster", description = "Restore also into a cluster of another name.")
  private boolean otherCluster;

  private final Console console;

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int clients = options.clients();
    try (StoreClient client = nodes.client()) {
      Backup backup = check();
      return (checkOnly ? checked(backup) : restore(backup, client, clients)).code();
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, directory + ": " + FileTrouble.sentence(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.NOT_DONE, "stopped before the end of the restore");
    }
  }

  private Backup check() throws IOException {
    try {
      Backup backup = Backup.open(directory);
      try (Progress progress = Progress.of(console, "Checking", backup.manifest().records())) {
        backup.check(progress::step);
      }
      return backup;
    } catch (NewerFormat e) {
      throw new Failure(ExitCode.USAGE, e.getMessage() + ". Nothing was done.");
    } catch (DamagedBackup e) {
      throw new Failure(ExitCode.REFUSED, e.getMessage() + ". Nothing was written.");
    }
  }

  private ExitCode checked(Backup backup) {
    Manifest manifest = backup.manifest();
    if (output.json()) {
      ObjectNode json = manifest.json();
      json.remove("files");
      console.json(json);
    } else {
      console.say(
          "%s is whole: %,d records, %,d bytes of cluster '%s', from %s to %s"
              .formatted(
                  directory,
                  manifest.records(),
                  manifest.bytes(),
                  manifest.origin().cluster(),
                  manifest.begun(),
                  manifest.finished()));
    }
    return ExitCode.OK;
  }

  private ExitCode restore(Backup backup, StoreClient client, int clients)
      throws IOException, InterruptedException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Cluster cluster = options.cluster(client);
    int files = backup.manifest().files().size();
    try (Progress progress = Progress.of(console, "Restoring", files)) {
      RestoreRun run = new RestoreRun(backup, cluster, clients, new CopyProgress(progress));
      if (!otherCluster) {
        run.requireSameName();
      }
      tell(run.restore(existing), json);
    }
    ExitCode end = verify ? verified(backup, cluster, clients, json) : ExitCode.OK;
    if (output.json()) {
      console.json(json);
    }
    return end;
  }

  private ExitCode verified(Backup backup, Cluster cluster, int clients, ObjectNode json)
      throws IOException, InterruptedException {
    int files = backup.manifest().files().size();
    try (Progress progress = Progress.of(console, "Verifying", files)) {
      var found = new RestoreRun(backup, cluster, clients, new CopyProgress(progress)).verify();
      tell(found, json);
      boolean differs = existing != Existing.KEEP && found.different() > 0;
      return found.missing() > 0 || differs ? ExitCode.REFUSED : ExitCode.OK;
    }
  }

  private void tell(Restored restored, ObjectNode json) {
    json.put("written", restored.written())
        .put("kept", restored.kept())
        .put("before", restored.before());
    if (!output.json()) {
      String what =
          "%,d records written, %,d keys kept the value they have"
              .formatted(restored.written(), restored.kept());
      console.say(
          restored.before()
              ? "this backup was restored into this cluster already ("
                  + what
                  + "); nothing was done"
              : what);
    }
  }

  private void tell(Verified found, ObjectNode json) {
    json.put("equal", found.equal())
        .put("different", found.different())
        .put("missing", found.missing());
    if (!output.json()) {
      console.say(
          "%,d equal, %,d different, %,d missing"
              .formatted(found.equal(), found.different(), found.missing()));
    }
  }
}
