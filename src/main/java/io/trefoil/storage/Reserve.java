package io.trefoil.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Watches that a part of the disk stays free. A store that writes until nothing is left fails in
/// the middle of a write, and needs room to be compacted or even to be opened again; one that stops
/// earlier does so between two commits.
///
/// The disk is asked ten times a second at most, so the reserve must be larger than what is written
/// in a tenth of a second.
final class Reserve {

  private static final long PERIOD_NANOS = Duration.ofMillis(100).toNanos();
  private static final long MIB = 1L << 20;

  private final Path path;
  private final FileStore disk;
  private final long bytes;
  private final LongSupplier nanos;
  private long askedAt;

  /// The reserve on the disk under a directory.
  ///
  /// @param bytes how much must stay free
  /// @param nanos monotonic time
  Reserve(Path path, long bytes, LongSupplier nanos) throws IOException {
    this.path = path;
    this.disk = Files.getFileStore(path);
    this.bytes = bytes;
    this.nanos = nanos;
    this.askedAt = nanos.getAsLong() - PERIOD_NANOS;
  }

  /// Says so if too little is free. Costs nothing most of the time.
  ///
  /// @throws IOException with a sentence for the operator
  void check() throws IOException {
    long now = nanos.getAsLong();
    if (bytes == 0 || now - askedAt < PERIOD_NANOS) {
      return;
    }
    askedAt = now;
    long free = disk.getUsableSpace();
    if (free < bytes) {
      throw new IOException(
          "The disk of %s is full: %d MiB are free, and trefoil.storage.reserve-bytes keeps %d MiB"
              .formatted(path.toAbsolutePath(), free / MIB, bytes / MIB));
    }
  }
}
