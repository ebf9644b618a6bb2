package io.trefoil.cli.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/// The keys acknowledged, one a line, each on its way to the disk before the next: what stands here
/// had been acknowledged even if this process is killed. Safe for many threads.
public final class KeyLog implements AutoCloseable {

  private final Writer writer;

  private KeyLog(Writer writer) {
    this.writer = writer;
  }

  /// Begins a log, in place of any file there.
  ///
  /// @throws IOException if it cannot be written
  public static KeyLog create(Path path) throws IOException {
    return new KeyLog(Files.newBufferedWriter(path));
  }

  /// Adds a key.
  public synchronized void add(String key) {
    try {
      writer.write(key + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}
