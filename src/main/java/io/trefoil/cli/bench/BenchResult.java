package io.trefoil.cli.bench;

import org.HdrHistogram.Histogram;

/// What a benchmark found.
///
/// @param clients how many operations were under way at a time
/// @param reads how long each read took, in microseconds
/// @param writes how long each write took, in microseconds
/// @param failures operations that were not answered as they should
/// @param nanos how long was counted
public record BenchResult(
    int clients, Histogram reads, Histogram writes, long failures, long nanos) {

  private static final double NANOS_PER_SECOND = 1e9;

  /// All operations that were answered.
  public long operations() {
    return reads.getTotalCount() + writes.getTotalCount();
  }

  /// How many of them a second.
  public double perSecond() {
    return operations() * NANOS_PER_SECOND / nanos;
  }
}
