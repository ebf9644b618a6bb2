package io.trefoil.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// A folder that belongs to one node, held by one process at a time:
///
/// | entry | holds |
/// | --- | --- |
/// | `format` | one line, `trefoil N`: the version of everything below |
/// | `lock` | nothing; locked while a process uses the folder |
/// | `synced` | how far the database's log was synced: [Watermark] |
/// | `store/` | the database |
/// | `native/` | RocksDB's library, copied once |
///
/// Rule for upgrades: a release reads its own format and the one before, which it rewrites on
/// opening; it refuses all others.
final class DataDirectory implements AutoCloseable {

  /// The format this release writes.
  static final int FORMAT = 2;

  private static final String PREFIX = "trefoil ";

  /// What a folder may hold that was never used: what file systems put at the root of a volume, and
  /// what a first start that was cut short leaves behind.
  private static final List<String> IGNORED = List.of("lost+found", "lock", "native", "format.new");

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Takes a folder, made if it is missing.
  ///
  /// @throws UnusableDirectory if it cannot be written, is in use, holds other files or another
  ///   format
  static DataDirectory open(Path path) throws UnusableDirectory {
    DataDirectory directory = new DataDirectory(path, lock(path));
    try {
      directory.checkFormat();
      return directory;
    } catch (UnusableDirectory unusable) {
      directory.close();
      throw unusable;
    }
  }

  /// Takes a folder that a node has used.
  ///
  /// @throws UnusableDirectory if there is none, and as [#open]
  static DataDirectory existing(Path path) throws UnusableDirectory {
    if (!Files.exists(path.resolve("format"))) {
      throw new UnusableDirectory(path, "is not a node's: it has no format file");
    }
    return open(path);
  }

  /// Where the database lies.
  Path store() {
    return path.resolve("store");
  }

  /// Where it is noted how far the database's log was synced.
  Path synced() {
    return path.resolve("synced");
  }

  /// Where RocksDB's library is copied to.
  Path library() {
    return path.resolve("native");
  }

  /// The folder itself.
  Path path() {
    return path;
  }

  /// Lets another process have the folder.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The lock ends with the process at the latest.
    }
  }

  private static FileChannel lock(Path path) throws UnusableDirectory {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return channel;
      }
      channel.close();
    } catch (IOException failure) {
      throw new UnusableDirectory(path, "cannot be written: " + reason(failure));
    }
    throw new UnusableDirectory(path, "is in use by another process");
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission is denied";
      case FileAlreadyExistsException _, NotDirectoryException _ -> "a file is in its place";
      case NoSuchFileException _ -> "it cannot be made";
      default -> failure.getMessage();
    };
  }

  private void checkFormat() throws UnusableDirectory {
    Path file = path.resolve("format");
    try {
      if (Files.exists(file)) {
        checkVersion(Files.readString(file).strip());
      } else if (isEmpty()) {
        write(file, PREFIX + FORMAT + "\n");
      } else {
        throw new UnusableDirectory(path, "holds files that are not a node's: choose an empty one");
      }
    } catch (UnusableDirectory unusable) {
      throw unusable;
    } catch (IOException failure) {
      throw new UnusableDirectory(path, "cannot be used: " + reason(failure));
    }
  }

  private void checkVersion(String line) throws UnusableDirectory {
    if (line.equals(PREFIX + FORMAT)) {
      return;
    }
    throw new UnusableDirectory(
        path,
        line.matches(PREFIX + "\\d{1,9}")
            ? "has format "
                + line.substring(PREFIX.length())
                + ", which this release cannot read: it reads format "
                + FORMAT
            : "has a damaged format file, which reads '" + line + "'");
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(e -> e.getFileName().toString()).allMatch(IGNORED::contains);
    }
  }

  /// Appears whole or not at all, and survives a loss of power once this returns.
  private void write(Path file, String text) throws IOException {
    Path draft = path.resolve("format.new");
    try (FileChannel out =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
