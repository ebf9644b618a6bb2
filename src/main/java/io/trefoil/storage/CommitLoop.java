package io.trefoil.storage;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
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
/// A read sees every write handed over before it: a register with an unfinished write, or of a
/// partition that is being erased, is answered when that is kept, from memory; every other is read
/// from the store, at once where that needs no disk, else on a reader's thread, which never waits
/// for a sync. A scan waits until all writes handed over before it are kept: whoever scans wants to
/// know what nothing can take back.
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
  private final Map<Integer, Erasure> erasures = new HashMap<>();
  private List<Ticketed> turn = new ArrayList<>();
  private final Queue<Scan> scans = new ArrayDeque<>();
  private long handedOver;
  private long kept;
  private boolean stopped;

  /// A write on its way.
  ///
  /// @param touched the registers that it changes, as far as reads may have to wait for it
  record Ticketed(long ticket, Write write, List<Key> touched) {}

  /// The newest state of a register on its way, and who waits to read it.
  private record Unwritten(long ticket, int partition, Register register, List<Long> readers) {}

  /// The newest erasure of a partition on its way, and who waits to read a register that was not
  /// written since: the store still holds it.
  private record Erasure(long ticket, List<Long> readers) {}

  /// Who waited to read a register, and what they read.
  private record Released(List<Long> readers, Register register) {}

  /// A scan that waits until so many writes are kept.
  private record Scan(long barrier, Runnable start) {}

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
    List<Key> touched =
        write instanceof Write.OfRegister(RegisterWrite change) ? take(ticket, change) : List.of();
    handedOver++;
    turn.add(new Ticketed(ticket, write, touched));
    if (turn.size() == 1) {
      loop.execute(this::endTurn);
    }
  }

  /// Notes what reads must see from now on.
  ///
  /// @return the registers whose newest state this write is
  private List<Key> take(long ticket, RegisterWrite write) {
    return switch (write) {
      case RegisterWrite.Changed(int partition, Key key, Register register) ->
          take(ticket, partition, key, register);
      case RegisterWrite.Collected(var copy, Key key) ->
          take(ticket, copy.partition(), key, Register.EMPTY);
      case RegisterWrite.Copied(_, List<Integer> erased) -> {
        List<Key> gone = new ArrayList<>(0);
        unwritten.forEach(
            (key, state) -> {
              if (erased.contains(state.partition())) {
                gone.add(key);
              }
            });
        gone.forEach(key -> take(ticket, unwritten.get(key).partition(), key, Register.EMPTY));
        erased.forEach(partition -> erase(ticket, partition));
        yield gone;
      }
    };
  }

  private List<Key> take(long ticket, int partition, Key key, Register register) {
    Unwritten before = unwritten.get(key);
    List<Long> waiting = before == null ? new ArrayList<>(0) : before.readers();
    unwritten.put(key, new Unwritten(ticket, partition, register, waiting));
    return List.of(key);
  }

  private void erase(long ticket, int partition) {
    Erasure before = erasures.get(partition);
    List<Long> waiting = before == null ? new ArrayList<>(0) : before.readers();
    erasures.put(partition, new Erasure(ticket, waiting));
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
    Erasure erasure = erasures.get(partition);
    if (erasure != null) {
      erasure.readers().add(ticket);
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

  /// Reads a part of a partition once all that was handed over before is kept.
  ///
  /// @param after begins behind this key; empty for the partition's first
  /// @param maxBytes how much to read at most, about
  public void scan(long ticket, int partition, Optional<Key> after, int maxBytes) {
    if (stopped) {
      return;
    }
    Runnable read = () -> stretch(ticket, partition, after, maxBytes);
    Executor reader = store.blocks() ? readers : this::onLoop;
    scans.add(new Scan(handedOver, () -> reader.execute(read)));
    beginScans();
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

  private void beginScans() {
    while (!scans.isEmpty() && scans.peek().barrier() <= kept) {
      scans.remove().start().run();
    }
  }

  private void stretch(long ticket, int partition, Optional<Key> after, int maxBytes) {
    try {
      Stretch stretch = store.scan(partition, after, maxBytes);
      onLoop(() -> scanned(ticket, stretch));
    } catch (DamagedCopy damaged) {
      onLoop(() -> unreadable(ticket, damaged.getMessage()));
    } catch (IOException | RuntimeException | Error failure) {
      failed(String.valueOf(failure.getMessage()));
    }
  }

  private void scanned(long ticket, Stretch stretch) {
    if (!stopped) {
      completions.scanned(ticket, stretch);
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
      List<Released> released = release(done);
      completions.persisted(done.ticket());
      for (Released each : released) {
        each.readers().forEach(reader -> fetched(reader, each.register()));
      }
    }
    kept += group.size();
    beginScans();
  }

  /// What may be read now that this write is kept, and is the newest there is.
  private List<Released> release(Ticketed done) {
    List<Released> released = new ArrayList<>(done.touched().size());
    for (Key key : done.touched()) {
      if (unwritten.get(key).ticket() == done.ticket()) {
        Unwritten state = unwritten.remove(key);
        released.add(new Released(state.readers(), state.register()));
      }
    }
    for (int partition : erasedBy(done.write())) {
      if (erasures.get(partition).ticket() == done.ticket()) {
        released.add(new Released(erasures.remove(partition).readers(), Register.EMPTY));
      }
    }
    return released;
  }

  private static List<Integer> erasedBy(Write write) {
    return write instanceof Write.OfRegister(RegisterWrite.Copied(_, List<Integer> erased))
        ? erased
        : List.of();
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
