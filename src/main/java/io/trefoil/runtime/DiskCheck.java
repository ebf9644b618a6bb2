package io.trefoil.runtime;

import io.trefoil.core.node.Recovered;
import io.trefoil.storage.Inspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// What is wrong with a node's data directory, found out while no process uses it.
///
/// @param node its identity, 16 hexadecimal digits; empty if that cannot be told
/// @param run how often it was started
/// @param epoch of its cluster map; 0 without one
/// @param registers how many could be read
/// @param bytes of their keys and values as they are stored
/// @param damaged partitions in which something is wrong
/// @param findings how many things are wrong
/// @param told a sentence for each of the first hundred
public record DiskCheck(
    Optional<String> node,
    long run,
    long epoch,
    long registers,
    long bytes,
    List<Integer> damaged,
    long findings,
    List<String> told) {

  /// Looks at a directory.
  ///
  /// @param progress given the number of registers read so far, again and again
  /// @throws IOException with a sentence, if it is in use, no node's, or cannot be opened
  public static DiskCheck of(Path directory, LongConsumer progress) throws IOException {
    Inspection.Result result = Inspection.of(directory, WireFormat.format(), progress);
    Optional<Recovered> node = result.node();
    return new DiskCheck(
        node.map(known -> known.id().toString()),
        node.map(Recovered::run).orElse(0L),
        node.flatMap(Recovered::map).map(map -> map.epoch()).orElse(0L),
        result.registers(),
        result.bytes(),
        result.damaged(),
        result.findings(),
        result.told());
  }
}
