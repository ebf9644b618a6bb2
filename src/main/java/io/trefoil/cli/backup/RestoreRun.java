package io.trefoil.cli.backup;

import io.trefoil.cli.ExitCode;
import io.trefoil.cli.Failure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Writes a backup's records into a running cluster, or compares them with it. Nothing is deleted:
/// keys that the backup has not are left as they are.
public final class RestoreRun {

  private final Backup backup;
  private final Cluster cluster;
  private final int places;
  private final Watch watch;

  /// What became of a restore.
  ///
  /// @param written how many records were written
  /// @param kept how many keys had a value, and kept it
  /// @param before whether all was restored before, so that nothing was done
  public record Restored(long written, long kept, boolean before) {}

  /// What a comparison found.
  ///
  /// @param equal how many keys have the backup's value and media type
  /// @param different how many have others
  /// @param missing how many have no value
  public record Verified(long equal, long different, long missing) {}

  /// A restore that has not begun.
  ///
  /// @param clients how many requests are under way at once
  public RestoreRun(Backup backup, Cluster cluster, int clients, Watch watch) {
    this.backup = backup;
    this.cluster = cluster;
    this.places = clients;
    this.watch = watch;
  }

  /// Refuses a cluster of another name than the one that was backed up.
  ///
  /// @throws Failure if its name is another
  public void requireSameName() throws InterruptedException {
    String there = cluster.identity().origin().cluster();
    String saved = backup.manifest().origin().cluster();
    if (!there.equals(saved)) {
      throw new Failure(
          ExitCode.REFUSED,
          "the backup is of cluster '%s', and this is '%s'; --other-cluster says that it is meant"
              .formatted(saved, there));
    }
  }

  /// Writes the records, or what is missing of them after an interruption.
  ///
  /// @throws Failure if the cluster does not take one; what was written stays
  /// @throws IOException if a file cannot be read or written
  public Restored restore(Existing existing) throws IOException, InterruptedException {
    Origin target = cluster.identity().origin();
    RestoreState state =
        RestoreState.open(RestoreState.file(backup.folder(), target), backup.manifest(), existing);
    if (state.isFinished()) {
      return new Restored(state.written(), state.kept(), true);
    }
    for (Summary file : backup.manifest().files()) {
      if (state.isDone(file)) {
        watch.partitions(1);
      } else {
        restore(file, existing, state);
      }
    }
    state.finish();
    return new Restored(state.written(), state.kept(), false);
  }

  /// Reads every key of the backup and compares.
  ///
  /// @throws Failure if the cluster does not answer
  public Verified verify() throws IOException, InterruptedException {
    var equal = new AtomicLong();
    var different = new AtomicLong();
    var missing = new AtomicLong();
    for (Summary file : backup.manifest().files()) {
      each(
          file,
          saved -> {
            Optional<SavedRecord> there = cluster.read(saved.key());
            boolean same = there.filter(found -> isSame(found, saved)).isPresent();
            (there.isEmpty() ? missing : same ? equal : different).incrementAndGet();
          });
    }
    return new Verified(equal.get(), different.get(), missing.get());
  }

  private void restore(Summary file, Existing existing, RestoreState state)
      throws IOException, InterruptedException {
    var written = new AtomicLong();
    var kept = new AtomicLong();
    each(file, saved -> (write(saved, existing) ? written : kept).incrementAndGet());
    state.done(file, written.get(), kept.get());
  }

  /// @return whether it was written
  private boolean write(SavedRecord saved, Existing existing) throws InterruptedException {
    return switch (existing) {
      case KEEP -> cluster.create(saved) == Cluster.Creation.DONE;
      case OVERWRITE -> {
        cluster.overwrite(saved);
        yield true;
      }
      case REFUSE -> {
        boolean created = cluster.create(saved) == Cluster.Creation.DONE;
        if (!created && cluster.read(saved.key()).filter(there -> isSame(there, saved)).isEmpty()) {
          throw new Failure(
              ExitCode.REFUSED, "key '" + saved.key() + "' has another value in the cluster");
        }
        yield created;
      }
    };
  }

  private static boolean isSame(SavedRecord one, SavedRecord other) {
    return Arrays.equals(one.value(), other.value())
        && one.contentType().equals(other.contentType());
  }

  /// What is done with a record.
  private interface Deed {
    void on(SavedRecord saved) throws InterruptedException;
  }

  /// Does something with each record of a file, so many at once; a record is read only when there
  /// is a place for it.
  private void each(Summary file, Deed deed) throws IOException, InterruptedException {
    Semaphore free = new Semaphore(places);
    AtomicReference<RuntimeException> thrown = new AtomicReference<>();
    try (RecordsReader reader = backup.open(file)) {
      for (var next = reader.next();
          next.isPresent() && thrown.get() == null;
          next = reader.next()) {
        SavedRecord saved = next.get();
        free.acquire();
        Thread.startVirtualThread(() -> carry(saved, deed, free, thrown));
      }
    } finally {
      free.acquire(places);
    }
    if (thrown.get() != null) {
      throw thrown.get();
    }
    watch.partitions(1);
  }

  private void carry(
      SavedRecord saved, Deed deed, Semaphore free, AtomicReference<RuntimeException> thrown) {
    try {
      deed.on(saved);
      watch.record(saved.bytes());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      thrown.compareAndSet(null, e);
    } finally {
      free.release();
    }
  }
}
