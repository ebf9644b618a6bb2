package io.trefoil.storage;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// Reads a partition's registers in the order of their keys, as they were when it was opened. What
/// it reads is checked against its checksum and not kept in the cache, where it would push out what
/// clients ask for.
final class RegisterScan implements Iterator<Stored>, AutoCloseable {

  private final Function<byte[], Register> decode;
  private final Slice end;
  private final ReadOptions options;
  private final RocksIterator rows;

  /// Stands before the first register behind a key.
  ///
  /// @param after empty to stand before the partition's first
  RegisterScan(RocksDB db, Function<byte[], Register> decode, int partition, Optional<Key> after) {
    this.decode = decode;
    this.end = new Slice(RegisterKey.first(partition + 1));
    this.options = new ReadOptions().setFillCache(false).setIterateUpperBound(end);
    this.rows = db.newIterator(options);
    byte[] place =
        after.map(key -> RegisterKey.of(partition, key)).orElse(RegisterKey.first(partition));
    rows.seek(place);
    if (after.isPresent() && rows.isValid() && Arrays.equals(rows.key(), place)) {
      rows.next();
    }
  }

  @Override
  public boolean hasNext() {
    return rows.isValid();
  }

  @Override
  public Stored next() {
    Stored stored = new Stored(RegisterKey.at(rows.key()), decode.apply(rows.value()));
    rows.next();
    return stored;
  }

  /// Refuses an end that is none: an iterator also stops where it cannot read.
  void check() throws RocksDBException {
    rows.status();
  }

  @Override
  public void close() {
    rows.close();
    options.close();
    end.close();
  }
}
