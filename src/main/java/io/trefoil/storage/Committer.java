package io.trefoil.storage;

import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.storage.CommitLoop.Ticketed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The thread that writes: takes all that waits, commits it as one group, reports, and so on.
final class Committer {

  /// A group stops growing beyond this: its writes are copied into native memory at once.
  private static final long GROUP_BYTES = 16L << 20;

  private static final int WRITE_BYTES = 256;

  /// Takes groups that were kept.
  @FunctionalInterface
  interface Report {
    /// @param nanos how long the commit took
    void kept(List<Ticketed> group, long nanos);
  }

  private final Store store;
  private final SyncPolicy policy;
  private final Report report;
  private final Consumer<String> failed;
  private final BlockingQueue<List<Ticketed>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private long lastSync = System.nanoTime();
  private boolean dirty;

  /// A thread that is not started yet.
  ///
  /// @param failed told why, when the store fails; the thread ends then
  Committer(Store store, SyncPolicy policy, Report report, Consumer<String> failed) {
    this.store = store;
    this.policy = policy;
    this.report = report;
    this.failed = failed;
    this.thread = Thread.ofPlatform().daemon().name("trefoil-storage").unstarted(this::run);
  }

  /// Begins.
  void start() {
    thread.start();
  }

  /// Hands over the writes of one turn, at least one.
  void submit(List<Ticketed> turn) {
    waiting.add(turn);
  }

  /// Writes what was handed over, syncs it, and ends the thread.
  void finish() {
    waiting.add(List.of());
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Commits one group and reports it, or the failure.
  ///
  /// @return whether it was kept
  boolean commit(List<Ticketed> group) {
    try {
      long start = System.nanoTime();
      store.commit(writes(group), policy.always());
      dirty = !policy.always();
      report.kept(group, System.nanoTime() - start);
      return true;
    } catch (IOException | RuntimeException | Error failure) {
      failed.accept(String.valueOf(failure.getMessage()));
      return false;
    }
  }

  private static List<Write> writes(List<Ticketed> group) {
    List<Write> writes = new ArrayList<>(group.size());
    for (Ticketed each : group) {
      writes.add(each.write());
    }
    return writes;
  }

  private void run() {
    List<Ticketed> rest = List.of();
    boolean ending = false;
    while (!(ending && rest.isEmpty())) {
      List<List<Ticketed>> turns = new ArrayList<>();
      turns.add(rest);
      ending |= collect(turns, rest.isEmpty() && !ending);
      List<Ticketed> all = new ArrayList<>();
      turns.forEach(all::addAll);
      int end = groupEnd(all);
      rest = all.subList(end, all.size());
      if (end > 0 && !commit(all.subList(0, end)) || !syncIfDue(ending && rest.isEmpty())) {
        return;
      }
    }
  }

  /// Adds all turns that wait; waits for the first if told to.
  ///
  /// @return whether the mark of the end was among them
  private boolean collect(List<List<Ticketed>> turns, boolean patient) {
    try {
      List<Ticketed> first = patient ? next() : null;
      if (first != null) {
        turns.add(first);
      }
      waiting.drainTo(turns);
      return turns.stream().skip(1).anyMatch(List::isEmpty);
    } catch (InterruptedException _) {
      return true;
    }
  }

  /// Waits for a turn, and while a sync is due sometime, not longer than that.
  private List<Ticketed> next() throws InterruptedException {
    return dirty ? waiting.poll(nanosToSync(), TimeUnit.NANOSECONDS) : waiting.take();
  }

  private static int groupEnd(List<Ticketed> all) {
    long bytes = 0;
    int end = 0;
    while (end < all.size() && bytes < GROUP_BYTES) {
      bytes += WRITE_BYTES + valueBytes(all.get(end++).write());
    }
    return end;
  }

  private static int valueBytes(Write write) {
    return write instanceof Write.OfRegister(RegisterWrite.Changed(_, _, var register))
        ? register.record().flatMap(r -> r.value()).map(v -> v.bytes().length).orElse(0)
        : 0;
  }

  private boolean syncIfDue(boolean last) {
    if (!dirty || !last && nanosToSync() > 0) {
      return true;
    }
    try {
      store.sync();
      dirty = false;
      lastSync = System.nanoTime();
      return true;
    } catch (IOException failure) {
      failed.accept(failure.getMessage());
      return false;
    }
  }

  private long nanosToSync() {
    return lastSync + policy.interval().toNanos() - System.nanoTime();
  }
}
