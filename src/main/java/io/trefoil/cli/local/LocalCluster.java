package io.trefoil.cli.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/// The processes of a cluster on this machine. None of them outlives this process: they are ended
/// in order when it ends, by force when they do not follow, and they watch it themselves in case it
/// is killed.
public final class LocalCluster implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

  private final Readiness readiness = new Readiness();
  private final List<Child> children = new ArrayList<>();
  private final Duration farewell;
  private volatile boolean stopping;

  /// A cluster none of whose nodes runs yet.
  ///
  /// @param farewell how long the nodes have, all together, to end by themselves
  public LocalCluster(Duration farewell) {
    this.farewell = farewell;
  }

  /// Starts every node; returns without waiting for them.
  ///
  /// @throws IOException if one cannot be started; those before it run
  public void start(LocalPlan plan, Program program) throws IOException {
    List<String> tie = List.of("--stop-with", Long.toString(ProcessHandle.current().pid()));
    for (LocalNode node : plan.nodes()) {
      add(Child.start(node, program.serve(plan.settings(node)), tie));
    }
  }

  /// The nodes' processes.
  public synchronized List<Child> children() {
    return List.copyOf(children);
  }

  /// Waits until every node is ready.
  ///
  /// @param patience how long at most
  /// @param progress is told how many are ready, again and again
  /// @throws RefusedException if one ends, or the time is up, with what its log says at last
  public void awaitReady(Duration patience, IntConsumer progress) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Child> waiting = new ArrayList<>(children());
    while (!waiting.isEmpty()) {
      children().stream().filter(child -> !child.isAlive()).findFirst().ifPresent(this::endedEarly);
      waiting.removeIf(child -> readiness.isReady(child.node()));
      progress.accept(children().size() - waiting.size());
      if (!waiting.isEmpty() && System.nanoTime() > deadline) {
        throw tooLate(waiting.getFirst(), patience);
      }
      Thread.sleep(waiting.isEmpty() ? Duration.ZERO : LOOK_AGAIN);
    }
  }

  /// Waits until all have ended, telling of each that ends by itself. What ends within half a
  /// second before this process is told to end as well is not told of: Ctrl-C reaches all at once.
  ///
  /// @param ended is told which, and its exit code
  public void watch(BiConsumer<Child, Integer> ended) {
    CompletableFuture<?>[] ends =
        children().stream()
            .map(child -> child.ended().thenAcceptAsync(code -> tell(child, code, ended), LATER))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends).join();
  }

  /// Whether the processes are being ended.
  public boolean isStopping() {
    return stopping;
  }

  /// Ends all processes; returns when none is left. Safe to call again, and from any thread.
  @Override
  public void close() {
    stopping = true;
    List<Child> left = children();
    left.forEach(Child::ask);
    long deadline = System.nanoTime() + farewell.toNanos();
    try {
      for (Child child : left) {
        child.end(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    readiness.close();
  }

  /// A process started while the others are being ended is ended at once.
  private void add(Child child) {
    synchronized (this) {
      children.add(child);
    }
    if (stopping) {
      child.ask();
    }
  }

  private void tell(Child child, int code, BiConsumer<Child, Integer> ended) {
    if (!stopping) {
      ended.accept(child, code);
    }
  }

  private void endedEarly(Child child) {
    String what = child.node().name() + " ended before it was ready (exit code ";
    throw new RefusedException(what + child.ended().join() + ")" + log(child));
  }

  private static RefusedException tooLate(Child child, Duration patience) {
    String what = child.node().name() + " is not ready after " + patience.toSeconds() + " s";
    return new RefusedException(what + log(child));
  }

  private static String log(Child child) {
    return "; the last lines of "
        + child.node().log()
        + ":\n  "
        + String.join("\n  ", child.lastLines());
  }
}
