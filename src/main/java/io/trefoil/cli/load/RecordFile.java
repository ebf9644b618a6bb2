package io.trefoil.cli.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/// A file of records, packed with gzip or not: its first two bytes tell, not its name.
public final class RecordFile {

  private static final int MAGIC_0 = 0x1f;
  private static final int MAGIC_1 = 0x8b;
  private static final int BUFFER = 1 << 14;

  private RecordFile() {}

  /// Opens a file.
  ///
  /// @param consumed is told of each piece read how many bytes of the file it was
  /// @throws IOException if it cannot be read
  public static TsvReader open(Path path, LongConsumer consumed) throws IOException {
    PushbackInputStream in =
        new PushbackInputStream(new Counted(Files.newInputStream(path), consumed), 2);
    byte[] head = in.readNBytes(2);
    in.unread(head);
    boolean packed = head.length == 2 && (head[0] & 0xff) == MAGIC_0 && (head[1] & 0xff) == MAGIC_1;
    return new TsvReader(packed ? new GZIPInputStream(in, BUFFER) : in);
  }

  /// Tells how much was read.
  private static final class Counted extends FilterInputStream {

    private final LongConsumer consumed;

    Counted(InputStream in, LongConsumer consumed) {
      super(in);
      this.consumed = consumed;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      consumed.accept(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      consumed.accept(Math.max(0, count));
      return count;
    }
  }
}
