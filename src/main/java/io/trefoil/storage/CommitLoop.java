package io.trefoil.storage;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// Carries out a node's storage effects without ever making its event loop wait.
///
/// Group commit: all writes of one turn of the loop leave together, and whatever arrives while a
/// sync runs becomes the next group. So the number of syncs follows the disk, not the load: a slow
/// disk makes groups larger, not the queue longer.
///
/// A read sees every write handed over before it: a register with an unfinished write is answered
/// when that write is kept, from memory; every other is read from the store, at once where that
/// needs no disk, else on a reader's thread, which never waits for a sync.
///
/// All methods but [#close] are called on the event loop.
public final class CommitLoop implements AutoCloseable {

  private static final int READERS = 2;

  private final Store store;
  private final Executor loop;
  private final Completions completions;
  private final Committer committer;
  private final ExecutorService readers;
  private final Map<Key, Unwritten> unwritten = new HashMap<>();
  private List<Ticketed> turn = new ArrayList<>();
  private boolean stopped;

  /// A write on its way.
  record Ticketed(long ticket, Write write) {}

  /// The newest state of a register on its way, and who waits to read it.
  private record Unwritten(long ticket, Register register, List<Long> readers) {}

  /// Begins.
  ///
  /// @param loop runs what it is given on the event loop, later, in order
  public CommitLoop(Store store, SyncPolicy policy, Executor loop, Completions completions) {
    this.store = store;
    this.loop = loop;
    this.completions = completions;
    this.committer = new Committer(store, policy, this::committed, this::failed);
    this.readers =
        Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("trefoil-reader-", 0).factory());
    if (store.blocks()) {
      committer.start();
    }
  }

  /// Makes a write durable.
  public void persist(long ticket, Write write) {
    if (stopped) {
      return;
    }
    if (write instanceof Write.OfRegister(RegisterWrite(_, Key key, Register register))) {
      Unwritten before = unwritten.get(key);
      List<Long> waiting = before == null ? new ArrayList<>(0) : before.readers();
      unwritten.put(key, new Unwritten(ticket, register, waiting));
    }
    turn.add(new Ticketed(ticket, write));
    if (turn.size() == 1) {
      loop.execute(this::endTurn);
    }
  }

  /// Reads a register.
  public void fetch(long ticket, int partition, Key key) {
    if (stopped) {
      return;
    }
    Unwritten newest = unwritten.get(key);
    if (newest != null) {
      newest.readers().add(ticket);
      return;
    }
    try {
      Optional<Register> found = store.loadFromMemory(partition, key);
      if (found.isPresent()) {
        onLoop(() -> fetched(ticket, found.get()));
      } else {
        readers.execute(() -> load(ticket, partition, key));
      }
    } catch (IOException failure) {
      failed(failure.getMessage());
    }
  }

  /// Takes nothing more. What was handed over is still written by [#close], but not reported.
  public void stop() {
    endTurn();
    stopped = true;
  }

  /// Ends the threads and closes the store; waits for the disk. To be called after [#stop], off the
  /// event loop.
  @Override
  public void close() {
    committer.finish();
    readers.close();
    store.close();
  }

  private void endTurn() {
    if (stopped || turn.isEmpty()) {
      return;
    }
    List<Ticketed> group = turn;
    turn = new ArrayList<>();
    if (store.blocks()) {
      committer.submit(group);
    } else {
      committer.commit(group);
    }
  }

  private void load(long ticket, int partition, Key key) {
    try {
      Register register = store.load(partition, key);
      onLoop(() -> fetched(ticket, register));
    } catch (DamagedCopy damaged) {
      onLoop(() -> unreadable(ticket, damaged.getMessage()));
    } catch (IOException | RuntimeException | Error failure) {
      failed(String.valueOf(failure.getMessage()));
    }
  }

  private void unreadable(long ticket, String reason) {
    if (!stopped) {
      completions.unreadable(ticket, reason);
    }
  }

  private void fetched(long ticket, Register register) {
    if (!stopped) {
      completions.fetched(ticket, register);
    }
  }

  /// Comes from the committer's thread.
  private void committed(List<Ticketed> group, long nanos) {
    onLoop(() -> report(group, nanos));
  }

  private void report(List<Ticketed> group, long nanos) {
    if (stopped) {
      return;
    }
    completions.committed(group.size(), nanos);
    for (Ticketed done : group) {
      if (stopped) {
        return;
      }
      Unwritten read = release(done);
      completions.persisted(done.ticket());
      if (read != null) {
        for (long reader : read.readers()) {
          fetched(reader, read.register());
        }
      }
    }
  }

  /// The register with this write, and who waited to read it; null if there is a newer write.
  private Unwritten release(Ticketed done) {
    if (done.write() instanceof Write.OfRegister(RegisterWrite(_, Key key, _))) {
      Unwritten newest = unwritten.get(key);
      return newest.ticket() == done.ticket() ? unwritten.remove(key) : null;
    }
    return null;
  }

  /// Comes from any thread.
  private void failed(String reason) {
    onLoop(
        () -> {
          if (!stopped) {
            stopped = true;
            completions.failed(reason);
          }
        });
  }

  /// A loop that has ended takes nothing more, and needs nothing more.
  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException _) {
      // The process is on its way out.
    }
  }
}
