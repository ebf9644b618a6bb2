package io.trefoil.storage;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// An event loop that the test turns by hand, on its own thread.
final class HandLoop implements Executor {

  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /// Runs what is there, and what that adds.
  void runReady() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /// Runs, waiting for other threads, until the condition holds.
  void runUntil(BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        Runnable task = tasks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (task == null) {
          fail("nothing happened for " + PATIENCE_SECONDS + " s");
        }
        task.run();
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
