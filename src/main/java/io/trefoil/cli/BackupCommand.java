package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.backup.BackupFolder;
import io.trefoil.cli.backup.BackupRun;
import io.trefoil.cli.backup.Cluster;
import io.trefoil.cli.backup.DamagedBackup;
import io.trefoil.cli.backup.Manifest;
import io.trefoil.cli.backup.NewerFormat;
import io.trefoil.cli.client.StoreClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `trefoil backup`: saves all keys of a running cluster.
@Command(
    name = "backup",
    header = "Save all keys of a running cluster in a folder.",
    description =
        "Every record is what its key held at one moment of the backup; a key that has a value from"
            + " beginning to end is there. What is interrupted goes on when the command is run"
            + " again; what is finished is left alone.",
    footer = {
      "  trefoil backup /backups/monday",
      "  trefoil backup /backups/monday -e localhost:8080,localhost:8081 --clients 64",
      "  trefoil restore /backups/monday --check     # is it whole?"
    })
final class BackupCommand implements Callable<Integer> {

  @Mixin private EndpointOptions nodes;
  @Mixin private CopyOptions options;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "DIR", description = "The folder; made if it is missing.")
  private Path directory;

  private final Console console;

  BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int clients = options.clients();
    try (BackupFolder folder = BackupFolder.open(directory);
        StoreClient client = nodes.client()) {
      Optional<Manifest> before = folder.finished();
      tell(before.isPresent() ? before.get() : make(folder, client, clients), before.isPresent());
      return ExitCode.OK.code();
    } catch (DamagedBackup | NewerFormat e) {
      throw new Failure(ExitCode.REFUSED, e.getMessage());
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, directory + ": " + FileTrouble.sentence(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.NOT_DONE, "stopped before the end of the backup");
    }
  }

  private Manifest make(BackupFolder folder, StoreClient client, int clients)
      throws IOException, InterruptedException {
    Cluster cluster = options.cluster(client);
    try (Progress progress = Progress.of(console, "Saving", cluster.partitions())) {
      return new BackupRun(folder, cluster, clients, new CopyProgress(progress)).make();
    }
  }

  private void tell(Manifest manifest, boolean before) {
    if (output.json()) {
      ObjectNode json = manifest.json();
      json.remove("files");
      console.json(json.put("folder", directory.toString()).put("before", before));
      return;
    }
    String summary =
        "%,d records, %,d bytes of cluster '%s', from %s to %s"
            .formatted(
                manifest.records(),
                manifest.bytes(),
                manifest.origin().cluster(),
                manifest.begun(),
                manifest.finished());
    console.say(
        before
            ? directory + " holds a finished backup already: " + summary + ". Nothing was done."
            : "saved " + summary);
  }
}
