package io.trefoil.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A node's process.
public final class Child {

  private static final int LAST_LINES = 15;

  private final LocalNode node;
  private final List<String> command;
  private final Process process;

  private Child(LocalNode node, List<String> command, Process process) {
    this.node = node;
    this.command = command;
    this.process = process;
  }

  /// Starts a node's process; all it prints goes to its log, in place of an earlier run's.
  ///
  /// @param command what starts it, as a user could type it
  /// @param extra arguments that tie it to this process
  /// @throws IOException if it cannot be started
  public static Child start(LocalNode node, List<String> command, List<String> extra)
      throws IOException {
    Files.createDirectories(node.data());
    List<String> all = new ArrayList<>(command);
    all.addAll(extra);
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(node.log().toFile())
            .start();
    process.getOutputStream().close();
    return new Child(node, List.copyOf(command), process);
  }

  /// Which node it is.
  public LocalNode node() {
    return node;
  }

  /// Its process id.
  public long pid() {
    return process.pid();
  }

  /// What starts this node again, as a user types it.
  public List<String> command() {
    return command;
  }

  /// Whether it still runs.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Completes with its exit code when it ends.
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /// Asks it to end.
  public void ask() {
    process.destroy();
  }

  /// Waits for its end, and ends it by force when the time is up.
  public void end(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /// The last lines it printed.
  public List<String> lastLines() {
    try {
      List<String> lines = Files.readAllLines(node.log());
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    } catch (IOException _) {
      return List.of("(its log " + node.log() + " cannot be read)");
    }
  }
}
