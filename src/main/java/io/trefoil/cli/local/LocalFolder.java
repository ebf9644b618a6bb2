package io.trefoil.cli.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder a local cluster lives in. A marker file says that `trefoil local` made it; without
/// the marker nothing in a folder is touched. The marker is locked while a cluster runs there, so
/// that two never share a folder; the lock falls with the process.
public final class LocalFolder implements AutoCloseable {

  static final String MARKER = ".trefoil-local";

  private final FileChannel channel;

  private LocalFolder(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes a folder for one cluster, and makes it if there is none.
  ///
  /// @param fresh whether what an earlier cluster left in it is deleted
  /// @throws RefusedException if it is not ours, or taken
  /// @throws IOException if it cannot be made or emptied
  public static LocalFolder take(Path folder, boolean fresh) throws IOException {
    mark(folder);
    FileChannel channel = FileChannel.open(folder.resolve(MARKER), StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new RefusedException(
          folder + " is in use by another 'trefoil local'; stop it, or choose another with --data");
    }
    if (fresh) {
      empty(folder);
    }
    return new LocalFolder(channel);
  }

  /// Gives the folder free; what is in it stays.
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private static void mark(Path folder) throws IOException {
    Path marker = folder.resolve(MARKER);
    if (Files.exists(marker)) {
      return;
    }
    if (Files.exists(folder) && !isEmptyFolder(folder)) {
      throw new RefusedException(
          folder
              + " holds files that 'trefoil local' did not put there; choose another with"
              + " --data");
    }
    Files.createDirectories(folder);
    Files.writeString(marker, "'trefoil local --fresh' deletes everything beside this file.\n");
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void empty(Path folder) throws IOException {
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(folder)) {
      entries = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : entries) {
      if (!entry.equals(folder) && !entry.equals(folder.resolve(MARKER))) {
        Files.delete(entry);
      }
    }
  }
}
