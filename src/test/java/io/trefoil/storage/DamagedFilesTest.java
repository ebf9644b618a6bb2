package io.trefoil.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;

/// Real files of a real store, cut short and changed at every region: what was synced is there, or
/// the start is refused, or the register says that it is damaged. Never is anything wrong read.
class DamagedFilesTest {

  private static final int COMMITS = 120;
  private static final int REGIONS = 24;

  @TempDir Path folder;

  private final Format format = ByIndex.format();
  private final Random random = new Random(7);
  private Path original;

  /// A directory as a killed process leaves it: some in a table, some in the log alone.
  @BeforeEach
  void write() throws Exception {
    Path used = folder.resolve("used");
    original = folder.resolve("original");
    try (RocksStore store = open(used)) {
      commit(store, 1, COMMITS / 2);
    }
    flush(used);
    try (RocksStore store = open(used)) {
      commit(store, COMMITS / 2 + 1, COMMITS);
      copy(used, original);
    }
  }

  @Test
  void aStoreThatDoesNotComeToAnEndOfOpeningIsGivenUp() throws Exception {
    try (DataDirectory directory = DataDirectory.open(fresh("slow"))) {
      RocksLibrary.load(directory.library());
      IOException failure =
          assertThrows(
              IOException.class,
              () -> RocksFiles.open(directory, (_, _, _, _) -> never(), Duration.ofMillis(50)));
      assertTrue(failure.getMessage().contains("MANIFEST"), failure.getMessage());
    }
  }

  private static RocksDB never() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("nobody waits any more");
  }

  @Test
  void aLogThatWasCutShortBelowWhatWasSyncedIsRefused() throws IOException {
    Path log = largest(".log");
    long whole = Files.size(original.resolve(log));
    for (int region = 0; region < REGIONS; region++) {
      Path copy = fresh("cut" + region);
      byte[] bytes = Files.readAllBytes(copy.resolve(log));
      Files.write(copy.resolve(log), Arrays.copyOf(bytes, (int) (whole * region / REGIONS)));
      assertFalse(opens(copy), "cut in region " + region + " of " + log);
    }
  }

  /// A loss of power may take the watermark's last writes with it.
  @Test
  void withoutTheWatermarkATornLogHoldsTheFirstCommitsAndNoOthers() throws IOException {
    Path log = largest(".log");
    long whole = Files.size(original.resolve(log));
    int recovered = 0;
    for (int region = 1; region < REGIONS; region++) {
      Path copy = fresh("torn" + region);
      Files.delete(copy.resolve("synced"));
      byte[] bytes = Files.readAllBytes(copy.resolve(log));
      Files.write(copy.resolve(log), Arrays.copyOf(bytes, (int) (whole * region / REGIONS)));
      try (RocksStore store = open(copy)) {
        recovered += assertIsPrefix(store);
      }
    }
    assertTrue(recovered > COMMITS / 2, "torn logs give back what they have: " + recovered);
  }

  @Test
  void aLogThatWasChangedAnywhereIsRefusedOrWhole() throws IOException {
    Path log = largest(".log");
    int refused = 0;
    for (int region = 0; region < 4 * REGIONS; region++) {
      Path copy = fresh("flip" + region);
      flip(copy.resolve(log), region, 4 * REGIONS);
      try (RocksStore store = open(copy)) {
        assertEquals(0, damagedOrRight(store), "region " + region);
      } catch (UnusableDirectory _) {
        refused++;
      }
    }
    assertTrue(refused > 3 * REGIONS, "refused: " + refused);
  }

  @Test
  void aTableThatWasChangedAnywhereIsRefusedOrNamesWhatIsDamaged() throws IOException {
    int found = 0;
    for (Path table : files(".sst")) {
      for (int region = 0; region < REGIONS; region++) {
        Path copy = fresh(table.getFileName() + "-" + region);
        flip(copy.resolve(table), region, REGIONS);
        try (RocksStore store = open(copy)) {
          found += damagedOrRight(store) > 0 ? 1 : 0;
        } catch (UnusableDirectory _) {
          found++;
        }
      }
    }
    assertTrue(found > REGIONS / 2, "found: " + found);
  }

  private static void commit(RocksStore store, int from, int to) throws IOException {
    for (int commit = from; commit <= to; commit++) {
      store.commit(List.of(Samples.write(commit % 4, "key" + commit, commit)), true);
    }
  }

  private static void flush(Path used) throws Exception {
    try (DataDirectory directory = DataDirectory.open(used);
        RocksFiles files = RocksFiles.open(directory);
        FlushOptions waiting = new FlushOptions()) {
      files.db().flush(waiting);
    }
  }

  /// How many registers say that they are damaged; all others must be right.
  private static int damagedOrRight(RocksStore store) throws IOException {
    int damaged = 0;
    for (int commit = 1; commit <= COMMITS; commit++) {
      try {
        assertEquals(Samples.register(commit), store.load(commit % 4, new Key("key" + commit)));
      } catch (DamagedCopy _) {
        damaged++;
      }
    }
    return damaged;
  }

  /// How many commits are there, none of them after one that is not.
  private static int assertIsPrefix(RocksStore store) throws IOException {
    int there = 0;
    for (int commit = 1; commit <= COMMITS; commit++) {
      Register register = store.load(commit % 4, new Key("key" + commit));
      if (!register.equals(Register.EMPTY)) {
        assertEquals(Samples.register(commit), register);
        assertEquals(commit - 1, there, "a commit is missing before " + commit);
        there++;
      }
    }
    return there;
  }

  private RocksStore open(Path directory) throws IOException {
    return RocksStore.open(new StoreSettings(directory, "orchard", 0), format, new SecureRandom());
  }

  private boolean opens(Path directory) {
    try (RocksStore store = open(directory)) {
      return store.recovered().run() > 1;
    } catch (IOException _) {
      return false;
    }
  }

  private void flip(Path file, int region, int regions) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int from = (int) ((long) bytes.length * region / regions);
    int to = Math.max(from + 1, (int) ((long) bytes.length * (region + 1) / regions));
    bytes[random.nextInt(from, to)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    Files.write(file, bytes);
  }

  /// The path of a file of the database below a data directory.
  private Path largest(String part) throws IOException {
    return files(part).stream()
        .max((a, b) -> Long.compare(size(original.resolve(a)), size(original.resolve(b))))
        .orElseThrow();
  }

  private List<Path> files(String part) throws IOException {
    try (Stream<Path> files = Files.list(original.resolve("store"))) {
      return files
          .filter(file -> file.getFileName().toString().contains(part))
          .map(original::relativize)
          .toList();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private Path fresh(String name) throws IOException {
    return copy(original, folder.resolve(name));
  }

  private static Path copy(Path from, Path to) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(from)) {
      files.filter(file -> !file.startsWith(from.resolve("native"))).forEach(all::add);
    }
    for (Path file : all) {
      Path target = to.resolve(from.relativize(file));
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target);
      }
    }
    return to;
  }
}
