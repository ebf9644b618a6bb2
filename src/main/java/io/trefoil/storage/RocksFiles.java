package io.trefoil.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// An open database with everything native that must be closed with it.
final class RocksFiles implements AutoCloseable {

  private static final long BLOCK_CACHE_BYTES = 32L << 20;
  private static final long WRITE_BUFFER_BYTES = 32L << 20;

  /// How much log a start after a crash has to read at most, roughly.
  private static final long MAX_LOG_BYTES = 128L << 20;

  /// A start after a crash reads [#MAX_LOG_BYTES] of log, which takes seconds.
  private static final Duration LONGEST_OPENING = Duration.ofMinutes(2);

  private static final double BLOOM_BITS_PER_KEY = 10;

  private final List<AutoCloseable> natives;
  private final RocksDB db;
  private final ColumnFamilyHandle registers;
  private final ColumnFamilyHandle node;
  private final WriteOptions withSync = new WriteOptions().setSync(true);
  private final WriteOptions withoutSync = new WriteOptions();
  private final ReadOptions memoryOnly = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  private final Watermark synced;

  private RocksFiles(
      RocksDB db,
      List<ColumnFamilyHandle> families,
      List<AutoCloseable> natives,
      Watermark synced) {
    this.db = db;
    this.synced = synced;
    this.registers = families.get(0);
    this.node = families.get(1);
    this.natives = natives;
  }

  /// Opens the database of a directory, making it if it is missing.
  ///
  /// @throws RocksDBException if it is damaged, or holds less than was synced
  static RocksFiles open(DataDirectory directory) throws RocksDBException, IOException {
    return open(directory, RocksDB::open, LONGEST_OPENING);
  }

  /// Opens the database of a directory to look at it; nothing is changed, not even by reading the
  /// log.
  ///
  /// @throws RocksDBException as [#open]
  static RocksFiles openReadOnly(DataDirectory directory) throws RocksDBException, IOException {
    return open(directory, RocksDB::openReadOnly, LONGEST_OPENING);
  }

  /// A way to open a database.
  @FunctionalInterface
  interface Opening {
    RocksDB open(
        DBOptions options,
        String path,
        List<ColumnFamilyDescriptor> families,
        List<ColumnFamilyHandle> handles)
        throws RocksDBException;
  }

  /// @param limit when to give up
  static RocksFiles open(DataDirectory directory, Opening opening, Duration limit)
      throws RocksDBException, IOException {
    Watermark synced = Watermark.open(directory.synced());
    Cache cache = new LRUCache(BLOCK_CACHE_BYTES);
    BloomFilter filter = new BloomFilter(BLOOM_BITS_PER_KEY);
    ColumnFamilyOptions family = familyOptions(cache, filter);
    DBOptions options = options();
    List<AutoCloseable> natives = List.of(options, family, filter, cache);
    List<ColumnFamilyDescriptor> families =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
            new ColumnFamilyDescriptor("node".getBytes(StandardCharsets.US_ASCII), family));
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      String path = directory.store().toString();
      RocksDB db = within(limit, () -> opening.open(options, path, families, handles));
      RocksFiles files = new RocksFiles(db, handles, natives, synced);
      files.checkEnd();
      return files;
    } catch (RocksDBException failure) {
      closeAll(natives);
      throw failure;
    }
  }

  /// Opens in a thread of its own. A damaged MANIFEST can make RocksDB search for hours, and
  /// nothing stops it but the end of the process, for which the caller is told the reason.
  private static RocksDB within(Duration limit, Callable<RocksDB> opening)
      throws RocksDBException, IOException {
    var attempt = new FutureTask<>(opening);
    Thread.ofPlatform().daemon().name("trefoil-open").start(attempt);
    try {
      return attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RocksDBException told) {
        throw told;
      }
      throw new IOException("The store cannot be opened: " + failure.getCause(), failure);
    } catch (TimeoutException failure) {
      throw new IOException(
          "The store was not open within "
              + limit.toSeconds()
              + " s. Its file MANIFEST may be damaged: if the other nodes are well, move the data"
              + " directory away, and this node begins anew.",
          failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Opening the store was interrupted.");
    }
  }

  /// The database; its default column family holds the registers.
  RocksDB db() {
    return db;
  }

  /// The column family of registers.
  ColumnFamilyHandle registers() {
    return registers;
  }

  /// The column family of what is the node's own.
  ColumnFamilyHandle node() {
    return node;
  }

  /// For reads that must not wait for the disk.
  ReadOptions memoryOnly() {
    return memoryOnly;
  }

  /// Writes a batch. One at a time, so that what was synced is known by its number.
  ///
  /// @param durable whether it must be on disk on return
  synchronized void write(WriteBatch batch, boolean durable) throws RocksDBException {
    db.write(durable ? withSync : withoutSync, batch);
    if (durable) {
      synced.raise(db.getLatestSequenceNumber());
    }
  }

  /// Syncs what was written.
  synchronized void sync() throws RocksDBException {
    long written = db.getLatestSequenceNumber();
    db.syncWal();
    synced.raise(written);
  }

  /// Whether no register is stored.
  boolean isEmpty() {
    try (RocksIterator first = db.newIterator(registers)) {
      first.seekToFirst();
      return !first.isValid();
    }
  }

  @Override
  public void close() {
    registers.close();
    node.close();
    db.close();
    closeAll(List.of(withSync, withoutSync, memoryOnly));
    closeAll(natives);
  }

  private void checkEnd() throws RocksDBException {
    long found = db.getLatestSequenceNumber();
    if (found < synced.read()) {
      close();
      throw new RocksDBException(
          "the log ends at entry " + found + ", but was synced up to entry " + synced.read());
    }
  }

  private static DBOptions options() {
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setMaxTotalWalSize(MAX_LOG_BYTES)
        .setMaxBackgroundJobs(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(4)
        .setStatsDumpPeriodSec(0);
  }

  private static ColumnFamilyOptions familyOptions(Cache cache, BloomFilter filter) {
    return new ColumnFamilyOptions()
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(filter)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true));
  }

  private static void closeAll(List<? extends AutoCloseable> natives) {
    for (AutoCloseable one : natives) {
      try {
        one.close();
      } catch (Exception failure) {
        throw new IllegalStateException("a native object cannot be closed", failure);
      }
    }
  }
}
