package io.trefoil.runtime;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.storage.CommitLoop;
import io.trefoil.storage.Completions;
import io.trefoil.storage.RocksStore;
import io.trefoil.storage.StoreSettings;
import io.trefoil.storage.SyncPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How fast a store makes writes durable, and beside it the bare disk: the same number of writes
/// per sync, the same number of bytes, appended to one file. What the store needs beyond that is
/// its own.
public final class StoreBench {

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
  private static final int KEYS = 100_000;

  /// What one measurement found.
  ///
  /// @param what `store` or `disk`
  /// @param writers how many writes were under way at a time
  /// @param writes how many were made durable
  /// @param syncs by how many syncs
  /// @param nanos in what time
  /// @param micros how long each write took
  public record Row(
      String what, int writers, long writes, long syncs, long nanos, Histogram micros) {}

  private final Path folder;
  private final int valueBytes;
  private final Duration duration;

  /// A benchmark in a folder.
  ///
  /// @param folder holds the files, which stay; must be empty or missing at first
  /// @param valueBytes of each write
  /// @param duration of each measurement
  public StoreBench(Path folder, int valueBytes, Duration duration) {
    this.folder = folder;
    this.valueBytes = valueBytes;
    this.duration = duration;
  }

  /// Measures the store, then the disk, with so many writers.
  ///
  /// @throws IOException if the folder cannot be used, or the disk fails
  public List<Row> measure(int writers) throws IOException, InterruptedException {
    List<Integer> groups = new ArrayList<>();
    StoreSettings settings = new StoreSettings(folder, "benchmark", 0);
    RocksStore store = RocksStore.open(settings, WireFormat.format(), new SecureRandom());
    Row kept = new Run(writers, groups).through(store);
    return List.of(kept, appended(writers, groups));
  }

  /// One measurement of the store: each writer begins its next write when the last is kept. All but
  /// the waiting happens on one thread, as in a node.
  private final class Run implements Completions {

    private final int writers;
    private final List<Integer> groups;
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final long[] begun;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final long start = System.nanoTime();
    private CommitLoop commits;
    private int open;
    private long draws;

    Run(int writers, List<Integer> groups) {
      this.writers = writers;
      this.groups = groups;
      this.begun = new long[writers];
    }

    Row through(RocksStore store) throws IOException, InterruptedException {
      try (ExecutorService loop = Executors.newSingleThreadExecutor()) {
        commits = new CommitLoop(store, SyncPolicy.ALWAYS, loop, this);
        loop.execute(
            () -> {
              for (int writer = 0; writer < writers; writer++) {
                begin(writer);
              }
            });
        long nanos = done.join();
        loop.execute(commits::stop);
        loop.shutdown();
        loop.awaitTermination(1, TimeUnit.MINUTES);
        return new Row("store", writers, micros.getTotalCount(), groups.size(), nanos, micros);
      } catch (CompletionException failure) {
        throw new IOException(failure.getCause().getMessage(), failure);
      } finally {
        commits.close();
      }
    }

    private void begin(int writer) {
      open++;
      begun[writer] = System.nanoTime();
      commits.persist(draws++ * writers + writer, write(draws));
    }

    @Override
    public void persisted(long ticket) {
      int writer = (int) (ticket % writers);
      long now = System.nanoTime();
      micros.recordValue(Math.min(LONGEST_MICROS, (now - begun[writer]) / 1_000));
      open--;
      if (now - start < duration.toNanos()) {
        begin(writer);
      } else if (open == 0) {
        done.complete(now - start);
      }
    }

    @Override
    public void committed(int writes, long nanos) {
      groups.add(writes);
    }

    @Override
    public void failed(String reason) {
      done.completeExceptionally(new IOException(reason));
    }

    @Override
    public void fetched(long ticket, Register register) {
      failed("nothing was read");
    }

    @Override
    public void scanned(long ticket, Stretch stretch) {
      failed("Nothing was to be read through.");
    }

    @Override
    public void unreadable(long ticket, String reason) {
      failed(reason);
    }
  }

  private Write write(long draw) {
    Ballot ballot =
        new Ballot(1, HybridTimestamp.ofMillis(System.currentTimeMillis()), new NodeId(1), draw);
    Value value = Value.of(new byte[valueBytes]);
    Register register = Register.accepting(ballot, Record.of(new Version(ballot), value));
    int place = (int) (draw * 7919 % KEYS);
    return new Write.OfRegister(
        new RegisterWrite.Changed(place % 4096, new Key("benchmark/" + place), register));
  }

  /// Appends what the groups had, one sync each, over and over.
  private Row appended(int writers, List<Integer> groups) throws IOException {
    Histogram micros = new Histogram(LONGEST_MICROS, 3);
    int writeBytes = WireFormat.format().registers().encode().apply(sample()).length;
    long start = System.nanoTime();
    int syncs = 0;
    Path file = folder.resolve("store").resolve("benchmark.bare");
    try (FileChannel log =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (; System.nanoTime() - start < duration.toNanos(); syncs++) {
        int group = groups.get(syncs % groups.size());
        long begun = System.nanoTime();
        log.write(ByteBuffer.allocate(group * writeBytes));
        log.force(false);
        long took = (System.nanoTime() - begun) / 1_000;
        micros.recordValueWithCount(Math.min(LONGEST_MICROS, took), group);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    long nanos = System.nanoTime() - start;
    return new Row("disk", writers, micros.getTotalCount(), syncs, nanos, micros);
  }

  private Register sample() {
    return write(1) instanceof Write.OfRegister(RegisterWrite.Changed(_, _, Register register))
        ? register
        : Register.EMPTY;
  }
}
