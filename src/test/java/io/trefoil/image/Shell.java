package io.trefoil.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs of this machine, run to their end.
final class Shell {

  private static final long MINUTES = 5;

  private Shell() {}

  /// Runs one that must succeed.
  static void run(Path folder, String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "run", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (exitCode(process) != 0) {
      throw new IllegalStateException(List.of(command) + " failed:\n" + Files.readString(log));
    }
    Files.delete(log);
  }

  /// Whether a program can be run here and succeeds.
  static boolean succeeds(String... command) throws InterruptedException {
    try {
      return exitCode(new ProcessBuilder(command).start()) == 0;
    } catch (IOException _) {
      return false;
    }
  }

  /// Waits for a process's end, but not for ever.
  static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return process.waitFor();
  }
}
