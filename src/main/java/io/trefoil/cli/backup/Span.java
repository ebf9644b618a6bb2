package io.trefoil.cli.backup;

import java.util.List;
import java.util.stream.IntStream;

/// The partitions of one file.
///
/// @param from the first
/// @param to the one behind the last
public record Span(int from, int to) {

  private static final int PARTITIONS = 64;

  /// All partitions of a cluster, 64 to a file, in order.
  public static List<Span> of(int partitions) {
    return IntStream.iterate(0, from -> from < partitions, from -> from + PARTITIONS)
        .mapToObj(from -> new Span(from, Math.min(partitions, from + PARTITIONS)))
        .toList();
  }

  /// The file's name.
  public String fileName() {
    return "partitions-%07d-%07d.records".formatted(from, to - 1);
  }
}
