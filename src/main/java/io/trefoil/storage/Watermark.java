package io.trefoil.storage;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// How far the log was synced, as a sequence number of the database, in a file of its own.
///
/// A log cannot tell an end that was torn off from one that was never written: a damaged length
/// makes everything behind it look like a torn tail, and a log cut short looks complete. So after
/// each sync its number goes here, and a start that finds less in the log than this is refused. The
/// file itself is never synced: it may be behind, which only weakens the check, and is never ahead.
///
/// Memory-mapped, so that raising it costs no call of the system, and yet outlives the process.
final class Watermark {

  private static final int BYTES = 2 * Long.BYTES;

  private final MappedByteBuffer file;

  private Watermark(MappedByteBuffer file) {
    this.file = file;
  }

  /// Opens the file, making it if it is missing.
  static Watermark open(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Watermark(channel.map(MapMode.READ_WRITE, 0, BYTES));
    }
  }

  /// Everything up to this number was synced; 0 if that is not known, as after a loss of power that
  /// left the file half written.
  long read() {
    long sequence = file.getLong(0);
    return file.getLong(Long.BYTES) == checksum(sequence) ? sequence : 0;
  }

  /// Notes that everything up to this number is synced.
  void raise(long sequence) {
    file.putLong(0, sequence);
    file.putLong(Long.BYTES, checksum(sequence));
  }

  private static long checksum(long sequence) {
    CRC32C sum = new CRC32C();
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      sum.update((int) (sequence >>> shift));
    }
    return sum.getValue();
  }
}
