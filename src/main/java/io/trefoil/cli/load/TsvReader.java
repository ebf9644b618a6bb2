package io.trefoil.cli.load;

import io.trefoil.core.model.Key;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads records from text: on each line a key, a tab, and the value. Nothing is guessed and
/// nothing is trimmed: the value is every byte between the first tab and the line feed, the key is
/// strict UTF-8, and a line that is not of this form is handed on as malformed, with its number. A
/// key that stood on an earlier line is malformed too: which value should win would depend on
/// chance.
public final class TsvReader implements AutoCloseable {

  private static final int BUFFER = 1 << 16;
  private static final int END = -1;

  private final InputStream in;
  private final Map<Key, Long> seen = new HashMap<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;

  /// A reader at the first line.
  ///
  /// @param in the bytes, unpacked
  public TsvReader(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /// The next line; empty at the end.
  ///
  /// @throws IOException if the file cannot be read on
  public Optional<TsvLine> next() throws IOException {
    line.reset();
    int b = in.read();
    if (b == END) {
      return Optional.empty();
    }
    while (b != '\n' && b != END) {
      line.write(b);
      b = in.read();
    }
    number++;
    return Optional.of(parsed(line.toByteArray()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private TsvLine parsed(byte[] bytes) {
    int tab = 0;
    while (tab < bytes.length && bytes[tab] != '\t') {
      tab++;
    }
    if (tab == bytes.length) {
      return malformed("there is no tab between a key and a value");
    }
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes, 0, tab);
      Key key = new Key(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
      Long before = seen.putIfAbsent(key, number);
      return before == null
          ? new TsvLine.Entry(number, key, Arrays.copyOfRange(bytes, tab + 1, bytes.length))
          : malformed("the key is that of line " + before);
    } catch (CharacterCodingException _) {
      return malformed("the key is not UTF-8");
    } catch (IllegalArgumentException e) {
      return malformed(e.getMessage());
    }
  }

  private TsvLine malformed(String what) {
    return new TsvLine.Malformed(number, what);
  }
}
