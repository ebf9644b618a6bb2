package io.trefoil.cli.load;

import io.trefoil.core.model.Key;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Takes the records of a file through a step, so many at a time. Each record is a virtual thread's
/// whole life; a record is read from the file only when one of the places is free.
public final class Crew {

  private final int places;
  private final Step step;
  private final Predicate<Key> wanted;
  private final Consumer<Verdict> done;
  private final AtomicReference<RuntimeException> thrown = new AtomicReference<>();

  /// A crew that has not begun.
  ///
  /// @param places how many records are under way at once, at least 1
  /// @param step what is done with each
  /// @param wanted which keys' records are taken at all
  /// @param done is told of each line's fate, by many threads
  public Crew(int places, Step step, Predicate<Key> wanted, Consumer<Verdict> done) {
    this.places = places;
    this.step = step;
    this.wanted = wanted;
    this.done = done;
  }

  /// Works through a file; returns when every record has met its fate.
  ///
  /// @throws IOException if the file cannot be read on; what was begun is finished first
  /// @throws InterruptedException if this thread is told to stop
  public void work(TsvReader file) throws IOException, InterruptedException {
    Semaphore free = new Semaphore(places);
    try {
      Optional<TsvLine> line = file.next();
      while (line.isPresent() && thrown.get() == null) {
        take(line.get(), free);
        line = file.next();
      }
    } finally {
      free.acquire(places);
    }
    if (thrown.get() != null) {
      throw thrown.get();
    }
  }

  private void take(TsvLine line, Semaphore free) throws InterruptedException {
    switch (line) {
      case TsvLine.Malformed(long number, String what) ->
          done.accept(new Verdict(number, "", Fate.MALFORMED, what, 0, 0));
      case TsvLine.Entry entry when !wanted.test(entry.key()) -> {}
      case TsvLine.Entry entry -> {
        free.acquire();
        Thread.startVirtualThread(() -> carry(entry, free));
      }
    }
  }

  private void carry(TsvLine.Entry entry, Semaphore free) {
    try {
      done.accept(step.apply(entry));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      thrown.compareAndSet(null, e);
    } finally {
      free.release();
    }
  }
}
