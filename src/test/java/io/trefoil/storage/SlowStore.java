package io.trefoil.storage;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A store in memory that behaves like one on disk: commits wait at a gate, reads may need a
/// thread, everything may fail.
final class SlowStore implements Store {

  private final MemoryStore kept = new MemoryStore(() -> 5);
  private final List<Integer> commits = new ArrayList<>();
  private final List<Boolean> durable = new ArrayList<>();
  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch synced = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile IOException failure;
  private volatile boolean forgetful;
  private volatile String reader = "";

  void closeGate() {
    gate = new CountDownLatch(1);
  }

  void openGate() {
    gate.countDown();
  }

  void breakWith(IOException reason) {
    failure = reason;
  }

  void forgetMemory() {
    forgetful = true;
  }

  /// Puts a write there as if it had always been there.
  void seed(Write write) {
    kept.commit(List.of(write), true);
  }

  /// Waits until a commit stands at the gate.
  void awaitCommit() throws InterruptedException {
    begun.acquire();
  }

  boolean awaitSync(long time, TimeUnit unit) throws InterruptedException {
    return synced.await(time, unit);
  }

  /// How many writes each commit had.
  synchronized List<Integer> commits() {
    return List.copyOf(commits);
  }

  synchronized List<Boolean> durable() {
    return List.copyOf(durable);
  }

  String readBy() {
    return reader;
  }

  @Override
  public Recovered recovered() {
    return kept.recovered();
  }

  @Override
  public void commit(List<Write> writes, boolean isDurable) throws IOException {
    begun.release();
    pass();
    kept.commit(writes, isDurable);
    synchronized (this) {
      commits.add(writes.size());
      durable.add(isDurable);
    }
  }

  @Override
  public void sync() {
    synced.countDown();
  }

  @Override
  public Register load(int partition, Key key) throws IOException {
    reader = Thread.currentThread().getName();
    check();
    return kept.load(partition, key);
  }

  @Override
  public Optional<Register> loadFromMemory(int partition, Key key) {
    return forgetful ? Optional.empty() : kept.loadFromMemory(partition, key);
  }

  @Override
  public Stretch scan(int partition, Optional<Key> after, int maxBytes) throws IOException {
    reader = Thread.currentThread().getName();
    check();
    return kept.scan(partition, after, maxBytes);
  }

  @Override
  public boolean blocks() {
    return true;
  }

  @Override
  public void close() {
    // What was kept is looked at after the loop has closed the store.
  }

  private void pass() throws IOException {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
    check();
  }

  private void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
