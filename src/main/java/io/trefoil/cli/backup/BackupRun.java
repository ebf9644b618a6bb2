package io.trefoil.cli.backup;

import io.trefoil.cli.ExitCode;
import io.trefoil.cli.Failure;
import io.trefoil.core.model.Key;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/// Makes a backup of a running cluster: for each partition its keys are listed, and each key is
/// read.
///
/// What it holds: every record is what its key held at one moment of the backup, namely what a
/// linearizable read returned then. A key that has a value from the beginning to the end is there;
/// one that has none all the time is not. Two keys may be told as of two moments.
public final class BackupRun {

  /// How many files are written at once.
  private static final int FILES = 8;

  private final BackupFolder folder;
  private final Cluster cluster;
  private final int places;
  private final int files;
  private final Watch watch;
  private final Map<Span, Summary> saved = new ConcurrentHashMap<>();
  private final AtomicReference<Exception> thrown = new AtomicReference<>();

  /// A backup that has not begun.
  ///
  /// @param clients how many reads are under way at once
  public BackupRun(BackupFolder folder, Cluster cluster, int clients, Watch watch) {
    this.folder = folder;
    this.cluster = cluster;
    this.files = Math.min(FILES, clients);
    this.places = clients / files;
    this.watch = watch;
  }

  /// Makes the backup, or what is missing of it.
  ///
  /// @throws IOException if a file cannot be read or written
  /// @throws Failure if the cluster does not answer; what was saved stays, and need not be again
  public Manifest make() throws IOException, InterruptedException {
    Cluster.Identity first = cluster.identity();
    BackupFolder.Begun begun = folder.begin(first.origin(), first.epoch(), Instant.now());
    List<Span> spans = Span.of(first.origin().partitions());
    saveAll(first.origin(), new ConcurrentLinkedQueue<>(spans));
    Cluster.Identity last = cluster.identity();
    if (!last.origin().equals(first.origin())) {
      throw new Failure(ExitCode.REFUSED, "the endpoints lead to different clusters");
    }
    Manifest manifest =
        new Manifest(
            first.origin(),
            begun.epoch(),
            last.epoch(),
            begun.at(),
            Instant.now().toString(),
            spans.stream().map(saved::get).toList());
    folder.finish(manifest);
    return manifest;
  }

  private void saveAll(Origin origin, Queue<Span> left) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < files; i++) {
        workers.add(threads.submit(() -> work(origin, left, threads)));
      }
      for (Future<?> worker : workers) {
        join(worker);
      }
    }
    rethrow();
  }

  private void work(Origin origin, Queue<Span> left, ExecutorService threads) {
    try {
      for (Span span = left.poll(); span != null && thrown.get() == null; span = left.poll()) {
        Optional<Summary> before = folder.saved(span, origin);
        if (before.isPresent()) {
          saved.put(span, before.get());
          watch.partitions(span.to() - span.from());
        } else {
          save(origin, span, threads);
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      thrown.compareAndSet(null, e);
    }
  }

  private void save(Origin origin, Span span, ExecutorService threads)
      throws IOException, InterruptedException {
    try (RecordsWriter writer = RecordsWriter.create(folder.file(span), origin, span)) {
      for (int partition = span.from(); partition < span.to(); partition++) {
        Optional<Key> after = Optional.empty();
        do {
          if (thrown.get() != null) {
            return;
          }
          Cluster.Keys part = cluster.keys(partition, after);
          read(part.keys(), writer, threads);
          after = part.next();
        } while (after.isPresent());
        watch.partitions(1);
      }
      saved.put(span, writer.finish());
    }
  }

  /// Reads keys, some at once, and writes them in order.
  private void read(List<Key> keys, RecordsWriter writer, ExecutorService threads)
      throws IOException, InterruptedException {
    var window = new ArrayDeque<Future<Optional<SavedRecord>>>();
    for (Key key : keys) {
      if (window.size() == places) {
        write(window.remove(), writer);
      }
      window.add(threads.submit(() -> cluster.read(key)));
    }
    while (!window.isEmpty()) {
      write(window.remove(), writer);
    }
  }

  private void write(Future<Optional<SavedRecord>> read, RecordsWriter writer)
      throws IOException, InterruptedException {
    Optional<SavedRecord> record = join(read);
    if (record.isPresent()) {
      writer.add(record.get());
      watch.record(record.get().bytes());
    }
  }

  private static <T> T join(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  private void rethrow() throws IOException, InterruptedException {
    switch (thrown.get()) {
      case null -> {
        // All went well.
      }
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Exception e -> throw new IllegalStateException(e);
    }
  }
}
