package io.trefoil.storage;

import io.trefoil.core.map.MapWrite;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.PartitionCopy;
import io.trefoil.core.register.RegisterWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/// Keeps a node's state in RocksDB, one write batch and one sync per commit.
///
/// Two column families: `node` holds the identity, the vote and the map under fixed names;
/// registers lie in the default one under [RegisterKey], so that a partition is one range, in key
/// order.
///
/// What a loss of power may leave: the log's last entries half written. They are dropped on
/// opening, and none of them was ever reported as kept. Damage elsewhere in the log refuses the
/// start; damage in a table costs the copy of the partitions whose registers cannot be read.
public final class RocksStore implements Store {

  private final DataDirectory directory;
  private final Reserve reserve;
  private final RocksFiles files;
  private final Format format;
  private final Recovered recovered;

  private RocksStore(
      DataDirectory directory,
      Reserve reserve,
      RocksFiles files,
      Format format,
      Recovered recovered) {
    this.directory = directory;
    this.reserve = reserve;
    this.files = files;
    this.format = format;
    this.recovered = recovered;
  }

  /// Opens a data directory, making it if it is missing, and counts the start.
  ///
  /// @param random draws the identity at first use; must not be predictable from another node's
  /// @throws UnusableDirectory with a sentence for the operator
  public static RocksStore open(StoreSettings settings, Format format, RandomGenerator random)
      throws UnusableDirectory {
    Path path = settings.directory();
    DataDirectory directory = DataDirectory.open(path);
    RocksFiles files = null;
    try {
      Reserve reserve = new Reserve(path, settings.reserveBytes(), System::nanoTime);
      reserve.check();
      RocksLibrary.load(directory.library());
      files = RocksFiles.open(directory);
      Recovered recovered = new Identity(path, files, format).start(settings.cluster(), random);
      return new RocksStore(directory, reserve, files, format, recovered);
    } catch (RocksDBException | IOException | RuntimeException failure) {
      if (files != null) {
        files.close();
      }
      directory.close();
      throw failure instanceof UnusableDirectory unusable
          ? unusable
          : new UnusableDirectory(path, "cannot be opened", failure);
    }
  }

  @Override
  public Recovered recovered() {
    return recovered;
  }

  @Override
  public void commit(List<Write> writes, boolean durable) throws IOException {
    reserve.check();
    try (WriteBatch batch = new WriteBatch()) {
      for (Write write : writes) {
        put(batch, write);
      }
      files.write(batch, durable);
    } catch (RocksDBException failure) {
      throw new IOException("The store cannot be written: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void sync() throws IOException {
    try {
      files.sync();
    } catch (RocksDBException failure) {
      throw new IOException("The store cannot be synced: " + failure.getMessage(), failure);
    }
  }

  @Override
  public Register load(int partition, Key key) throws IOException {
    try {
      return decode(files.db().get(RegisterKey.of(partition, key)));
    } catch (RocksDBException | IllegalArgumentException failure) {
      if (isDamage(failure)) {
        note(partition, failure);
        throw new DamagedCopy(partition, key, failure);
      }
      throw unreadable(key, failure);
    }
  }

  @Override
  public Optional<Register> loadFromMemory(int partition, Key key) throws IOException {
    try {
      byte[] stored = files.db().get(files.memoryOnly(), RegisterKey.of(partition, key));
      return Optional.of(decode(stored));
    } catch (RocksDBException | IllegalArgumentException failure) {
      if (isDamage(failure) || code(failure) == Status.Code.Incomplete) {
        return Optional.empty();
      }
      throw unreadable(key, failure);
    }
  }

  @Override
  public Stretch scan(int partition, Optional<Key> after, int maxBytes) throws IOException {
    try (RegisterScan scan = new RegisterScan(files.db(), this::decode, partition, after)) {
      Stretch stretch = Stretch.take(scan, maxBytes);
      scan.check();
      return stretch;
    } catch (RocksDBException | IllegalArgumentException failure) {
      if (isDamage(failure)) {
        note(partition, failure);
        throw new DamagedCopy(partition, failure);
      }
      throw new IOException(
          "Partition " + partition + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  @Override
  public boolean blocks() {
    return true;
  }

  @Override
  public void close() {
    files.close();
    directory.close();
  }

  private void put(WriteBatch batch, Write write) throws RocksDBException {
    switch (write) {
      case Write.OfRegister(RegisterWrite change) -> put(batch, change);
      case Write.OfMap(MapWrite.GenesisVote vote) ->
          batch.put(files.node(), Identity.VOTE, format.votes().encode().apply(vote));
      case Write.OfMap(MapWrite.CouncilVote vote) ->
          batch.put(
              files.node(), Identity.COUNCIL_VOTE, format.councilVotes().encode().apply(vote));
      case Write.OfMap(MapWrite.Adopted(var map)) ->
          batch.put(files.node(), Identity.MAP, format.maps().encode().apply(map));
    }
  }

  private void put(WriteBatch batch, RegisterWrite write) throws RocksDBException {
    switch (write) {
      case RegisterWrite.Changed(int partition, Key key, Register register) ->
          batch.put(RegisterKey.of(partition, key), format.registers().encode().apply(register));
      case RegisterWrite.Collected(PartitionCopy copy, Key key) -> {
        batch.delete(RegisterKey.of(copy.partition(), key));
        put(batch, copy);
      }
      case RegisterWrite.Copied(List<PartitionCopy> kept, List<Integer> erased) -> {
        for (int partition : erased) {
          batch.deleteRange(RegisterKey.first(partition), RegisterKey.first(partition + 1));
          batch.delete(files.node(), Identity.copy(partition));
          batch.delete(files.node(), Identity.damage(partition));
        }
        for (PartitionCopy copy : kept) {
          put(batch, copy);
        }
      }
    }
  }

  private void put(WriteBatch batch, PartitionCopy copy) throws RocksDBException {
    batch.put(files.node(), Identity.copy(copy.partition()), format.copies().encode().apply(copy));
  }

  private Register decode(byte[] stored) {
    return stored == null ? Register.EMPTY : format.registers().decode().apply(stored);
  }

  /// Whether one place of the store is damaged, not the store as a whole.
  private static boolean isDamage(Exception failure) {
    return failure instanceof IllegalArgumentException || code(failure) == Status.Code.Corruption;
  }

  private static Status.Code code(Exception failure) {
    return failure instanceof RocksDBException told && told.getStatus() != null
        ? told.getStatus().getCode()
        : Status.Code.Undefined;
  }

  /// Remembers that a partition's copy is damaged, also after a restart.
  private void note(int partition, Exception failure) throws IOException {
    try (WriteBatch batch = new WriteBatch()) {
      byte[] reason = String.valueOf(failure.getMessage()).getBytes(StandardCharsets.UTF_8);
      batch.put(files.node(), Identity.damage(partition), reason);
      files.write(batch, true);
    } catch (RocksDBException second) {
      throw new IOException("The store cannot be written: " + second.getMessage(), second);
    }
  }

  private static IOException unreadable(Key key, Exception failure) {
    return new IOException(
        "The register of key '" + key + "' cannot be read: " + failure.getMessage(), failure);
  }
}
