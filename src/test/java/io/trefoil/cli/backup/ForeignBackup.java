package io.trefoil.cli.backup;

import io.trefoil.core.model.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A backup of a cluster that is not there.
public final class ForeignBackup {

  private ForeignBackup() {}

  /// Writes one, of one key.
  ///
  /// @param cluster the cluster's name
  public static void write(Path folder, String cluster, String key) throws IOException {
    Origin origin = new Origin(cluster, "00000000000000ff", 1);
    Span span = Span.of(1).getFirst();
    try (RecordsWriter writer =
        RecordsWriter.create(folder.resolve(span.fileName()), origin, span)) {
      writer.add(new SavedRecord(new Key(key), "text/plain", new byte[1], "1.2.3"));
      String at = "2026-11-23T00:00:00Z";
      new Manifest(origin, 1, 1, at, at, List.of(writer.finish())).write(folder);
    }
  }
}
