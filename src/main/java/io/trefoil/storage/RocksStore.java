package io.trefoil.storage;

import io.trefoil.core.map.MapWrite;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.io.IOException;
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
/// opening, and none of them was ever reported as kept. Damage anywhere else refuses the start.
public final class RocksStore implements Store {

  private final DataDirectory directory;
  private final RocksFiles files;
  private final Format format;
  private final Recovered recovered;

  private RocksStore(
      DataDirectory directory, RocksFiles files, Format format, Recovered recovered) {
    this.directory = directory;
    this.files = files;
    this.format = format;
    this.recovered = recovered;
  }

  /// Opens a data directory, making it if it is missing, and counts the start.
  ///
  /// @param cluster the cluster's name; a directory of another is refused
  /// @param random draws the identity at first use; must not be predictable from another node's
  /// @throws UnusableDirectory with a sentence for the operator
  public static RocksStore open(Path path, String cluster, Format format, RandomGenerator random)
      throws UnusableDirectory {
    DataDirectory directory = DataDirectory.open(path);
    RocksFiles files = null;
    try {
      RocksLibrary.load(directory.library());
      files = RocksFiles.open(directory.store());
      Recovered recovered = new Identity(path, files, format).start(cluster, random);
      return new RocksStore(directory, files, format, recovered);
    } catch (RocksDBException | UnusableDirectory | RuntimeException failure) {
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
      files.db().syncWal();
    } catch (RocksDBException failure) {
      throw new IOException("The store cannot be synced: " + failure.getMessage(), failure);
    }
  }

  @Override
  public Register load(int partition, Key key) throws IOException {
    try {
      return decode(files.db().get(RegisterKey.of(partition, key)), key);
    } catch (RocksDBException failure) {
      throw unreadable(key, failure);
    }
  }

  @Override
  public Optional<Register> loadFromMemory(int partition, Key key) throws IOException {
    try {
      byte[] stored = files.db().get(files.memoryOnly(), RegisterKey.of(partition, key));
      return Optional.of(decode(stored, key));
    } catch (RocksDBException failure) {
      if (failure.getStatus() != null && failure.getStatus().getCode() == Status.Code.Incomplete) {
        return Optional.empty();
      }
      throw unreadable(key, failure);
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
      case Write.OfRegister(RegisterWrite(int partition, Key key, Register register)) ->
          batch.put(RegisterKey.of(partition, key), format.registers().encode().apply(register));
      case Write.OfMap(MapWrite.GenesisVote vote) ->
          batch.put(files.node(), Identity.VOTE, format.votes().encode().apply(vote));
      case Write.OfMap(MapWrite.Adopted(var map)) ->
          batch.put(files.node(), Identity.MAP, format.maps().encode().apply(map));
    }
  }

  private Register decode(byte[] stored, Key key) throws IOException {
    try {
      return stored == null ? Register.EMPTY : format.registers().decode().apply(stored);
    } catch (IllegalArgumentException damaged) {
      throw unreadable(key, damaged);
    }
  }

  private static IOException unreadable(Key key, Exception failure) {
    return new IOException(
        "The register of key '" + key + "' cannot be read: " + failure.getMessage(), failure);
  }
}
