package io.trefoil.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.ExitCode;
import io.trefoil.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How far the restore of a backup into a cluster is, kept in a file beside the backup, so that an
/// interrupted one goes on, and a finished one is not done again.
final class RestoreState {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String backup;
  private final Existing existing;
  private final List<String> done;
  private long written;
  private long kept;
  private boolean finished;

  private RestoreState(Path file, String backup, Existing existing, JsonNode json) {
    this.file = file;
    this.backup = backup;
    this.existing = existing;
    this.done = new ArrayList<>();
    json.path("done").forEach(name -> done.add(name.asText()));
    this.written = json.path("written").asLong();
    this.kept = json.path("kept").asLong();
    this.finished = json.path("finished").asBoolean();
  }

  /// Where the state of a restore into a cluster is kept.
  static Path file(Path folder, Origin target) {
    return folder.resolve("restore-" + target.clusterId() + ".json");
  }

  /// Reads a state; a new one where there is none.
  ///
  /// @throws Failure if it is of another backup, or of a restore with other rules
  static RestoreState open(Path file, Manifest manifest, Existing existing) throws IOException {
    String backup = manifest.origin().clusterId() + " " + manifest.finished();
    if (!Files.exists(file)) {
      return new RestoreState(file, backup, existing, JSON.createObjectNode());
    }
    JsonNode json = JSON.readTree(file.toFile());
    if (!json.path("backup").asText().equals(backup)) {
      throw new Failure(ExitCode.USAGE, file + " is of the restore of another backup; delete it");
    }
    String before = json.path("existing").asText();
    if (!before.equals(existing.toString())) {
      throw new Failure(
          ExitCode.USAGE,
          "this restore was begun with --existing %s: go on with that, or delete %s to begin anew"
              .formatted(before, file));
    }
    return new RestoreState(file, backup, existing, json);
  }

  /// Whether all was restored.
  boolean isFinished() {
    return finished;
  }

  /// Whether a file of the backup was restored.
  boolean isDone(Summary part) {
    return done.contains(part.name());
  }

  /// How many records were written.
  long written() {
    return written;
  }

  /// How many keys had a value, and kept it.
  long kept() {
    return kept;
  }

  /// A file of the backup is restored.
  void done(Summary part, long writtenOfIt, long keptOfIt) throws IOException {
    done.add(part.name());
    written += writtenOfIt;
    kept += keptOfIt;
    save();
  }

  /// All is.
  void finish() throws IOException {
    finished = true;
    save();
  }

  private void save() throws IOException {
    ObjectNode json =
        JSON.createObjectNode()
            .put("backup", backup)
            .put("existing", existing.toString())
            .put("finished", finished)
            .put("written", written)
            .put("kept", kept);
    done.forEach(json.putArray("done")::add);
    Placing.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
  }
}
