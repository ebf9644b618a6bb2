package io.trefoil.cli;

import io.trefoil.cli.backup.Watch;
import java.util.concurrent.atomic.AtomicLong;

/// Draws how a backup or a restore comes on.
final class CopyProgress implements Watch {

  private final Progress progress;
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /// Draws on a bar.
  CopyProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void partitions(int count) {
    progress.step(count);
  }

  @Override
  public void record(long more) {
    long count = records.incrementAndGet();
    long sum = bytes.addAndGet(more);
    progress.note(() -> String.format("%,d records, %,d KiB", count, sum >> 10));
  }
}
