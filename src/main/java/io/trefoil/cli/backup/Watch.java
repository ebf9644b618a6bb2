package io.trefoil.cli.backup;

/// Is told how a backup or a restore comes on, by many threads.
public interface Watch {

  /// So many partitions more are saved; of a restore, so many files more are done.
  void partitions(int count);

  /// One record more is done.
  ///
  /// @param bytes of its key and value
  void record(long bytes);
}
