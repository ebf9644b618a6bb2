package io.trefoil.storage;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.node.Recovered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// Reads a data directory from end to end, with every checksum, and holds it against what a node
/// relies on. Nothing in it is changed: the run is not counted, the log not written anew.
///
/// | looked at | must hold |
/// | --- | --- |
/// | the log | it reaches as far as it was synced |
/// | the identity | cluster, node and run are there; vote and map make sense |
/// | each register | it makes sense; accepted is not above promised; a record goes with accepted |
/// | each key | it lies in its partition, by the cluster map |
/// | each table | its checksums are right |
public final class Inspection {

  /// More findings than this are counted, not told.
  private static final int MOST_TOLD = 100;

  private final RocksFiles files;
  private final Format format;
  private final LongConsumer progress;
  private final List<String> told = new ArrayList<>();
  private final TreeSet<Integer> damaged = new TreeSet<>();
  private Optional<Recovered> node = Optional.empty();
  private long findings;
  private long registers;
  private long bytes;

  private Inspection(RocksFiles files, Format format, LongConsumer progress) {
    this.files = files;
    this.format = format;
    this.progress = progress;
  }

  /// What was found.
  ///
  /// @param node whose directory it is; empty if that cannot be told
  /// @param registers how many could be read
  /// @param bytes of their keys and values as they are stored
  /// @param damaged partitions in which something is wrong, those that the node knew included
  /// @param findings how many things are wrong
  /// @param told a sentence for each of the first hundred
  public record Result(
      Optional<Recovered> node,
      long registers,
      long bytes,
      List<Integer> damaged,
      long findings,
      List<String> told) {}

  /// Looks at a directory that no process uses.
  ///
  /// @param progress given the number of registers read so far, again and again
  /// @throws UnusableDirectory if it is in use, of another format, no node's, or cannot be opened
  public static Result of(Path path, Format format, LongConsumer progress)
      throws UnusableDirectory {
    try (DataDirectory directory = DataDirectory.existing(path)) {
      RocksLibrary.load(directory.library());
      try (RocksFiles files = RocksFiles.openReadOnly(directory)) {
        return new Inspection(files, format, progress).run(path);
      } catch (RocksDBException | IOException failure) {
        throw new UnusableDirectory(path, "cannot be opened", failure);
      }
    }
  }

  private Result run(Path path) throws RocksDBException {
    lookAtNode(path);
    lookAtRegisters();
    try {
      files.db().verifyChecksum();
    } catch (RocksDBException failure) {
      found("a table is damaged: " + failure.getMessage());
    }
    return new Result(node, registers, bytes, List.copyOf(damaged), findings, told);
  }

  private void lookAtNode(Path path) throws RocksDBException {
    try {
      Recovered known = new Identity(path, files, format).read();
      known.damaged().forEach(this::knownDamage);
      node = Optional.of(known);
    } catch (IllegalArgumentException wrong) {
      found("the node's own state is damaged: " + wrong.getMessage());
    }
  }

  private void knownDamage(int partition) {
    damaged.add(partition);
    found("partition " + partition + " was found damaged before");
  }

  /// Where the iterator meets a block that it cannot read, it ends; so it is set down again at the
  /// next partition.
  private void lookAtRegisters() {
    long partition = 0;
    while (partition <= Integer.MAX_VALUE) {
      try (ReadOptions once = new ReadOptions().setFillCache(false);
          RocksIterator each = files.db().newIterator(files.registers(), once)) {
        each.seek(start((int) partition));
        for (; each.isValid(); each.next()) {
          partition = ByteBuffer.wrap(each.key()).getInt();
          lookAt((int) partition, each.key(), each.value());
        }
        each.status();
        return;
      } catch (RocksDBException failure) {
        damage((int) partition, "cannot be read whole: " + failure.getMessage());
        partition++;
      }
      if (partition > lastPartition()) {
        return;
      }
    }
  }

  private void lookAt(int partition, byte[] place, byte[] stored) {
    registers++;
    bytes += place.length + stored.length;
    progress.accept(registers);
    try {
      Key key = new Key(text(place));
      checkPlace(partition, key);
      check(partition, key, format.registers().decode().apply(stored));
    } catch (CharacterCodingException | IllegalArgumentException wrong) {
      damage(partition, "has a register that makes no sense: " + wrong.getMessage());
    }
  }

  private static String text(byte[] place) throws CharacterCodingException {
    ByteBuffer key = ByteBuffer.wrap(place, Integer.BYTES, place.length - Integer.BYTES);
    return StandardCharsets.UTF_8.newDecoder().decode(key).toString();
  }

  private void checkPlace(int partition, Key key) {
    Optional<ClusterMap> map = node.flatMap(Recovered::map);
    int right = map.map(known -> known.partitions().of(key)).orElse(partition);
    if (partition != right) {
      damage(partition, "has key '" + key + "', which is of partition " + right);
    }
  }

  private void check(int partition, Key key, Register register) {
    if (register.accepted().above(register.promised())) {
      damage(partition, "has key '" + key + "', accepted above its promise");
    }
    if (register.record().isPresent() == register.accepted().equals(Ballot.ZERO)) {
      damage(partition, "has key '" + key + "', whose record does not fit what it accepted");
    }
  }

  private int lastPartition() {
    return node.flatMap(Recovered::map)
        .map(known -> known.partitions().count() - 1)
        .orElse(Integer.MAX_VALUE);
  }

  private void damage(int partition, String predicate) {
    damaged.add(partition);
    found("partition " + partition + " " + predicate);
  }

  private void found(String sentence) {
    findings++;
    if (told.size() < MOST_TOLD) {
      told.add(sentence);
    }
  }

  private static byte[] start(int partition) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
  }
}
