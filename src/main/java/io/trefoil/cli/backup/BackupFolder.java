package io.trefoil.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.ExitCode;
import io.trefoil.cli.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder that a backup is made in: marked as one, and used by one process at a time.
public final class BackupFolder implements AutoCloseable {

  private static final String MARK = ".trefoil-backup";
  private static final String BEGUN = "begun.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final FileChannel mark;

  /// When a backup began, and of what.
  record Begun(Origin origin, long epoch, String at) {}

  private BackupFolder(Path path, FileChannel mark) {
    this.path = path;
    this.mark = mark;
  }

  /// Opens a folder to make a backup in, or to go on with one.
  ///
  /// @throws Failure if it holds something else, or another process works there
  public static BackupFolder open(Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new Failure(ExitCode.USAGE, path + " is not a directory");
    }
    if (Files.exists(path.resolve(MARK)) || isEmpty(path)) {
      Files.createDirectories(path);
    } else {
      throw new Failure(ExitCode.USAGE, path + " holds other files, and no backup");
    }
    FileChannel mark =
        FileChannel.open(path.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isFree(mark)) {
      return new BackupFolder(path, mark);
    }
    mark.close();
    throw new Failure(ExitCode.REFUSED, "another process makes a backup in " + path);
  }

  /// The finished backup's manifest; empty if it is not finished.
  public Optional<Manifest> finished() throws IOException {
    return Files.exists(path.resolve(Manifest.NAME))
        ? Optional.of(Manifest.read(path))
        : Optional.empty();
  }

  /// Begins a backup, or goes on with the one begun here.
  ///
  /// @throws Failure if that was of another cluster
  Begun begin(Origin origin, long epoch, Instant now) throws IOException {
    Path file = path.resolve(BEGUN);
    if (!Files.exists(file)) {
      Begun begun = new Begun(origin, epoch, now.toString());
      Placing.write(file, json(begun));
      return begun;
    }
    Begun before = read(file);
    if (before.origin().equals(origin)) {
      return before;
    }
    throw new Failure(
        ExitCode.REFUSED,
        "%s holds the beginning of a backup of cluster '%s' (%s); this is '%s' (%s)"
            .formatted(
                path,
                before.origin().cluster(),
                before.origin().clusterId(),
                origin.cluster(),
                origin.clusterId()));
  }

  /// Where the records of some partitions go.
  Path file(Span span) {
    return path.resolve(span.fileName());
  }

  /// What is there of some partitions, if that is whole; what is damaged counts as not there.
  Optional<Summary> saved(Span span, Origin origin) throws IOException {
    Path file = file(span);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (RecordsReader reader = new RecordsReader(file)) {
      while (reader.next().isPresent()) {
        // What matters is that it can be read.
      }
      return reader.isOf(origin) && reader.span().equals(span)
          ? Optional.of(reader.summary())
          : Optional.empty();
    } catch (DamagedBackup _) {
      return Optional.empty();
    }
  }

  /// Ends the backup.
  void finish(Manifest manifest) throws IOException {
    manifest.write(path);
    Files.delete(path.resolve(BEGUN));
  }

  @Override
  public void close() throws IOException {
    mark.close();
  }

  private static byte[] json(Begun begun) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsBytes(
            JSON.createObjectNode()
                .put("cluster", begun.origin().cluster())
                .put("clusterId", begun.origin().clusterId())
                .put("partitions", begun.origin().partitions())
                .put("epoch", begun.epoch())
                .put("begun", begun.at()));
  }

  private static Begun read(Path file) throws IOException {
    JsonNode json = JSON.readTree(file.toFile());
    Origin origin =
        new Origin(
            json.path("cluster").asText(),
            json.path("clusterId").asText(),
            json.path("partitions").asInt());
    return new Begun(origin, json.path("epoch").asLong(), json.path("begun").asText());
  }

  private static boolean isEmpty(Path path) throws IOException {
    if (!Files.exists(path)) {
      return true;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  /// The lock ends with the process, however that ends.
  private static boolean isFree(FileChannel mark) throws IOException {
    try {
      return mark.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }
}
