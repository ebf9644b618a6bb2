package io.trefoil.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar on standard error for what takes longer than a moment; nothing at all when nobody watches.
/// Safe for many threads.
public final class Progress implements AutoCloseable {

  private static final int COLUMNS = 100;
  private static final int KIB = 1 << 10;
  private static final Duration REDRAWN_EVERY = Duration.ofMillis(200);

  private final Optional<ProgressBar> bar;

  private Progress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /// Starts a bar that counts things, if the console is watched.
  ///
  /// @param task what is under way, one word or two
  /// @param whole how much there is to do
  public static Progress of(Console console, String task, long whole) {
    return new Progress(
        console.interactive() ? Optional.of(bar(console, task, whole).build()) : Optional.empty());
  }

  /// Starts a bar that counts bytes and shows KiB, if the console is watched.
  public static Progress ofBytes(Console console, String task, long whole) {
    return new Progress(
        console.interactive()
            ? Optional.of(bar(console, task, whole).setUnit(" KiB", KIB).build())
            : Optional.empty());
  }

  /// So much more is done.
  public void step(long amount) {
    bar.ifPresent(b -> b.stepBy(amount));
  }

  /// So much is done in all.
  public void stepTo(long done) {
    bar.ifPresent(b -> b.stepTo(done));
  }

  /// What is shown behind the bar from now on.
  ///
  /// @param text asked for only if somebody watches
  public void note(Supplier<String> text) {
    bar.ifPresent(b -> b.setExtraMessage(" " + text.get()));
  }

  /// Draws the bar a last time and goes on to the next line.
  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  private static ProgressBarBuilder bar(Console console, String task, long whole) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(whole)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis((int) REDRAWN_EVERY.toMillis())
        .setConsumer(new ConsoleProgressBarConsumer(console.err(), COLUMNS));
  }
}
