package io.trefoil.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// Loads RocksDB's native library. Left alone, RocksDB copies it (17 MB) to the temporary folder at
/// every start, and a killed process leaves it there; so one copy is kept in the data directory.
/// `ROCKSDB_SHAREDLIB_DIR` names another folder; where neither works, RocksDB does as it likes.
///
/// Names of files are asked for when they are needed and not kept in static fields: a native
/// executable would keep those of the machine it was built on.
final class RocksLibrary {

  private static boolean isLoaded;

  private RocksLibrary() {}

  /// Loads the library, once per process.
  ///
  /// @param folder where the copy is kept
  static synchronized void load(Path folder) {
    if (!isLoaded) {
      loadFrom(folder);
      isLoaded = true;
    }
  }

  private static void loadFrom(Path folder) {
    if (System.getenv("ROCKSDB_SHAREDLIB_DIR") == null) {
      try {
        copyTo(folder);
        RocksDB.loadLibrary(List.of(folder.toAbsolutePath().toString()));
        return;
      } catch (IOException | UncheckedIOException | UnsatisfiedLinkError _) {
        // The folder may forbid execution, or another class loader may hold this very file.
      }
    }
    RocksDB.loadLibrary();
  }

  private static void copyTo(Path folder) throws IOException {
    URL source = RocksDB.class.getClassLoader().getResource(packaged());
    if (source == null) {
      throw new IOException("no library for this platform in the package");
    }
    Path target = folder.resolve(loaded());
    long size = source.openConnection().getContentLengthLong();
    if (Files.exists(target) && Files.size(target) == size) {
      return;
    }
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, loaded(), ".new");
    try (InputStream in = source.openStream()) {
      Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String packaged() {
    return Environment.getJniLibraryFileName("rocksdb");
  }

  /// The name that `RocksDB.loadLibrary(List)` looks for, which is another than the packaged one.
  private static String loaded() {
    return Environment.getJniLibraryFileName("rocksdbjni");
  }
}
