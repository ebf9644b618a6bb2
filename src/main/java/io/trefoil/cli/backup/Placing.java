package io.trefoil.cli.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// How files get their names: written under another one, synced, renamed, the folder synced. So a
/// file that is there is whole, whatever happened.
final class Placing {

  private Placing() {}

  /// Where a file is written until it is whole.
  static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /// Gives what was written its name, durably.
  static void place(Path file) throws IOException {
    Files.move(
        part(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /// Writes a small file and gives it its name, durably.
  static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    place(file);
  }
}
