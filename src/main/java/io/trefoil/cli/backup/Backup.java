package io.trefoil.cli.backup;

import io.trefoil.cli.ExitCode;
import io.trefoil.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/// A finished backup, to be read.
///
/// @param folder where it is
/// @param manifest what it says it holds
public record Backup(Path folder, Manifest manifest) {

  /// Opens a backup.
  ///
  /// @throws Failure if there is none, or one that was not finished
  /// @throws NewerFormat if a newer program wrote it
  /// @throws DamagedBackup if its manifest is not as it was written
  public static Backup open(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(Manifest.NAME))) {
      throw new Failure(
          ExitCode.USAGE,
          folder + " holds no finished backup: it has no " + Manifest.NAME + ". Nothing was done.");
    }
    return new Backup(folder, Manifest.read(folder));
  }

  /// Reads everything and holds it against what was written.
  ///
  /// @param records is told how many records each file had
  /// @throws DamagedBackup with the file, and the place in it where there is one
  public void check(LongConsumer records) throws IOException {
    List<String> expected =
        Span.of(manifest.origin().partitions()).stream().map(Span::fileName).toList();
    if (!expected.equals(manifest.files().stream().map(Summary::name).toList())) {
      throw new DamagedBackup(
          "the manifest of " + folder + " lists other files than its partitions have");
    }
    for (Summary written : manifest.files()) {
      check(written);
      records.accept(written.records());
    }
  }

  /// One of its files.
  RecordsReader open(Summary file) throws IOException {
    return new RecordsReader(folder.resolve(file.name()));
  }

  private void check(Summary written) throws IOException {
    Path file = folder.resolve(written.name());
    if (!Files.exists(file)) {
      throw new DamagedBackup(file + " is missing");
    }
    try (RecordsReader reader = open(written)) {
      while (reader.next().isPresent()) {
        // What matters is that it can be read.
      }
      if (!reader.isOf(manifest.origin())
          || !reader.span().fileName().equals(written.name())
          || !reader.summary().equals(written)) {
        throw new DamagedBackup(file + " is not the file that the manifest lists");
      }
    }
  }
}
