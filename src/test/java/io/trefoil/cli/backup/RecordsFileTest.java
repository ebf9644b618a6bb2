package io.trefoil.cli.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.cli.backup.proto.BackupProto.Entry;
import io.trefoil.cli.backup.proto.BackupProto.Head;
import io.trefoil.core.model.Key;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsFileTest {

  private static final Origin ORIGIN = new Origin("test", "00000000000000ff", 128);
  private static final Span SPAN = new Span(64, 128);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve(SPAN.fileName());
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    List<SavedRecord> records = records();
    Summary written = write(records);

    try (RecordsReader reader = new RecordsReader(file)) {
      assertTrue(reader.isOf(ORIGIN));
      assertFalse(reader.isOf(new Origin("test", "0000000000000001", 128)));
      assertEquals(SPAN, reader.span());
      assertEquals(records, all(reader));
      assertEquals(Optional.empty(), reader.next(), "the end stays the end");
      assertEquals(written, reader.summary());
    }
    assertEquals(records.size(), written.records());
    assertEquals(records.stream().mapToLong(SavedRecord::bytes).sum(), written.bytes());
  }

  @Test
  void nothingIsThereBeforeItIsWhole() throws IOException {
    try (RecordsWriter writer = RecordsWriter.create(file, ORIGIN, SPAN)) {
      writer.add(record("a", new byte[10]));
      assertFalse(Files.exists(file));
    }
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count(), "what was not finished is taken away");
    }
  }

  @Test
  void aFileCutAnywhereIsDamagedAndSaysWhere() throws IOException {
    write(List.of(record("a", new byte[3]), record("b", new byte[0])));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      DamagedBackup damage = assertThrows(DamagedBackup.class, this::readAll);
      assertTrue(damage.getMessage().startsWith(file + " is damaged at byte "), damage::getMessage);
    }
  }

  @Test
  void everyFlippedBitIsSeen() throws IOException {
    write(List.of(record("a", new byte[3]), record("b", new byte[0])));
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      assertThrows(DamagedBackup.class, this::readAll, "bit " + bit);
    }
  }

  @Test
  void thePlaceOfDamageIsThatOfTheRecord() throws IOException {
    write(List.of(record("a", new byte[3]), record("b", new byte[3])));
    byte[] whole = Files.readAllBytes(file);
    ByteBuffer frames = ByteBuffer.wrap(whole);
    int first = Frames.HEAD_BYTES + frames.getInt(0);
    int second = first + Frames.HEAD_BYTES + frames.getInt(first);
    whole[second + Frames.HEAD_BYTES + 4] ^= 1;
    Files.write(file, whole);

    String message = assertThrows(DamagedBackup.class, this::readAll).getMessage();
    assertEquals(file + " is damaged at byte " + second + ": the checksum is wrong", message);
  }

  @Test
  void whatStandsBehindTheEndIsDamage() throws IOException {
    write(List.of());
    Files.write(file, new byte[1], StandardOpenOption.APPEND);

    assertTrue(
        assertThrows(DamagedBackup.class, this::readAll).getMessage().contains("behind the end"));
  }

  @Test
  void aLengthThatCannotBeIsNotReadIntoMemory() throws IOException {
    Files.write(file, ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array());
    assertTrue(assertThrows(DamagedBackup.class, this::readAll).getMessage().contains("cannot be"));
  }

  @Test
  void aNewerFormatIsNamed() throws IOException {
    byte[] entry = Entry.newBuilder().setHead(Head.newBuilder().setFormat(2)).build().toByteArray();
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Frames.head(entry));
    bytes.writeBytes(entry);
    Files.write(file, bytes.toByteArray());

    String message = assertThrows(NewerFormat.class, this::readAll).getMessage();
    assertTrue(message.contains("has format 2; this program reads up to 1"), message);
  }

  @Test
  void partitionsAreDividedAmongFilesWithoutAGap() {
    assertEquals(List.of(new Span(0, 1)), Span.of(1));
    assertEquals(List.of(new Span(0, 64), new Span(64, 128), new Span(128, 130)), Span.of(130));
    assertEquals("partitions-0000064-0000127.records", SPAN.fileName());
  }

  private Summary write(List<SavedRecord> records) throws IOException {
    try (RecordsWriter writer = RecordsWriter.create(file, ORIGIN, SPAN)) {
      for (SavedRecord record : records) {
        writer.add(record);
      }
      return writer.finish();
    }
  }

  private List<SavedRecord> readAll() throws IOException {
    try (RecordsReader reader = new RecordsReader(file)) {
      return all(reader);
    }
  }

  private static List<SavedRecord> all(RecordsReader reader) throws IOException {
    List<SavedRecord> all = new ArrayList<>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static List<SavedRecord> records() {
    Random random = new Random(3);
    List<SavedRecord> records = new ArrayList<>();
    for (int length : List.of(0, 1, 1_000, 70_000, 1 << 20)) {
      byte[] value = new byte[length];
      random.nextBytes(value);
      records.add(record("nul\u0000 ☘ " + length, value));
    }
    return records;
  }

  private static SavedRecord record(String key, byte[] value) {
    return new SavedRecord(new Key(key), "image/x; a=\"b\"", value, "1.2.3");
  }
}
