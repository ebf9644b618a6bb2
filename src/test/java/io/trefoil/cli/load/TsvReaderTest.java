package io.trefoil.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.model.Key;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsvReaderTest {

  @TempDir private Path folder;

  @Test
  void theValueIsEveryByteBetweenTheFirstTabAndTheLineFeed() throws IOException {
    assertEquals(
        List.of(
            entry(1, "a", "1"),
            entry(2, "b c", " x\ty \r"),
            entry(3, "leer", ""),
            entry(4, "ключ", "значение")),
        lines("a\t1\nb c\t x\ty \r\nleer\t\nключ\tзначение"));
  }

  @Test
  void valuesNeedNotBeText() throws IOException {
    byte[] bytes = {'k', '\t', (byte) 0xff, 0, (byte) 0xfe, '\n'};
    TsvLine.Entry entry =
        new TsvLine.Entry(1, new Key("k"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    assertEquals(List.of(entry), lines(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\t1\nb\t2", "a\t1\nb\t2\n"})
  void theLastLineMayEndOrNot(String text) throws IOException {
    assertEquals(List.of(entry(1, "a", "1"), entry(2, "b", "2")), lines(text));
  }

  @Test
  void anEmptyFileHasNoLines() throws IOException {
    assertEquals(List.of(), lines(""));
  }

  @Test
  void whatIsNoRecordIsHandedOnWithItsNumber() throws IOException {
    assertEquals(
        List.of(
            malformed(1, "there is no tab between a key and a value"),
            entry(2, "a", "1"),
            malformed(3, "there is no tab between a key and a value"),
            malformed(4, "the key is empty; a key has 1 to 512 bytes"),
            malformed(5, "the key has 513 bytes; a key has 1 to 512"),
            entry(6, "b", "2"),
            malformed(7, "the key is that of line 2")),
        lines("no tab\na\t1\n\n\t1\n" + "k".repeat(513) + "\t1\nb\t2\na\t3\n"));
  }

  @Test
  void aKeyThatIsNoUtf8IsMalformedAndNotMended() throws IOException {
    byte[] bytes = {(byte) 0xc3, '\t', '1', '\n', 'a', '\t', '2'};
    assertEquals(List.of(malformed(1, "the key is not UTF-8"), entry(2, "a", "2")), lines(bytes));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileIsReadPackedOrNotWhateverItsName(boolean packed) throws IOException {
    byte[] plain = "a\t1\nb\t2\n".repeat(1).getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("records"), packed ? packed(plain) : plain);
    AtomicLong consumed = new AtomicLong();
    try (TsvReader reader = RecordFile.open(file, consumed::addAndGet)) {
      assertEquals(List.of(entry(1, "a", "1"), entry(2, "b", "2")), all(reader));
    }
    assertEquals(Files.size(file), consumed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a"})
  void aFileTooShortToBePackedIsNot(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("records"), text);
    try (TsvReader reader = RecordFile.open(file, _ -> {})) {
      assertEquals(text.length(), all(reader).size());
    }
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static List<TsvLine> lines(String text) throws IOException {
    return lines(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<TsvLine> lines(byte[] bytes) throws IOException {
    try (TsvReader reader = new TsvReader(new ByteArrayInputStream(bytes))) {
      return all(reader);
    }
  }

  private static List<TsvLine> all(TsvReader reader) throws IOException {
    List<TsvLine> lines = new ArrayList<>();
    for (Optional<TsvLine> line = reader.next(); line.isPresent(); line = reader.next()) {
      lines.add(line.get());
    }
    return lines;
  }

  private static TsvLine entry(long number, String key, String value) {
    return new TsvLine.Entry(number, new Key(key), value.getBytes(StandardCharsets.UTF_8));
  }

  private static TsvLine malformed(long number, String what) {
    return new TsvLine.Malformed(number, what);
  }
}
