package io.trefoil.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.MapWrite.Adopted;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Register;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest extends StoreContract {

  private static final String CLUSTER = "orchard";
  private static final Key APPLE = new Key("apple");

  @TempDir Path folder;

  private final Format format = ByIndex.format();

  @Override
  Store fresh(String node) throws IOException {
    return open(folder.resolve(node));
  }

  private Store open(Path directory) throws IOException {
    return RocksStore.open(new StoreSettings(directory, CLUSTER, 0), format, new SecureRandom());
  }

  private Store reopen() throws IOException {
    store.close();
    store = open(folder.resolve("one"));
    return store;
  }

  @Test
  void identityStaysAndTheRunCountsStarts() throws IOException {
    NodeId id = store.recovered().id();

    assertEquals(2, reopen().recovered().run());
    assertEquals(3, reopen().recovered().run());
    assertEquals(id, store.recovered().id());
  }

  @Test
  void registersVoteAndMapAreThereAfterReopening() throws IOException {
    store.commit(
        List.of(
            Samples.write(3, "apple", 1),
            Samples.write(Samples.vote(4)),
            Samples.write(new Adopted(Samples.map(1)))),
        true);

    reopen();

    assertEquals(Samples.register(1), store.load(3, APPLE));
    assertEquals(Samples.vote(4), store.recovered().votes().genesis());
    assertEquals(Optional.of(Samples.map(1)), store.recovered().map());
  }

  /// Copies the directory of a running store, as a killed process would leave it.
  @Test
  void everyCommitOutlivesAKill() throws IOException {
    NodeId id = store.recovered().id();
    for (int draw = 1; draw <= 50; draw++) {
      store.commit(List.of(Samples.write(draw, "key" + draw, draw)), true);
    }
    Path copy = copy(folder.resolve("one"), folder.resolve("killed"));

    try (Store survivor = open(copy)) {
      assertEquals(id, survivor.recovered().id());
      assertEquals(2, survivor.recovered().run());
      for (int draw = 1; draw <= 50; draw++) {
        assertEquals(Samples.register(draw), survivor.load(draw, new Key("key" + draw)));
      }
    }
  }

  @Test
  void tornEndOfTheLogIsDroppedAndWhatCameBeforeIsThere() throws IOException {
    store.commit(List.of(Samples.write(1, "apple", 1)), true);
    Path copy = copy(folder.resolve("one"), folder.resolve("before"));
    Path log = log(copy);
    long kept = Files.size(log);
    store.commit(List.of(Samples.write(1, "apple", 2)), true);
    byte[] all = Files.readAllBytes(log(folder.resolve("one")));
    byte[] torn = Arrays.copyOf(all, (int) kept + 5);
    Files.write(log, torn);

    try (Store survivor = open(copy)) {
      assertEquals(Samples.register(1), survivor.load(1, APPLE));
    }
  }

  @Test
  void damageInTheMiddleOfTheLogRefusesTheStart() throws IOException {
    for (int draw = 1; draw <= 3; draw++) {
      store.commit(List.of(Samples.write(1, "key" + draw, draw)), true);
    }
    Path copy = copy(folder.resolve("one"), folder.resolve("hurt"));
    Path log = log(copy);
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length / 2] ^= 0x40;
    Files.write(log, bytes);

    UnusableDirectory refusal = assertThrows(UnusableDirectory.class, () -> open(copy));
    assertTrue(refusal.getMessage().contains("cannot be opened"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("checksum mismatch"), refusal.getMessage());
  }

  @Test
  void directoryInUseIsRefused() {
    UnusableDirectory refusal =
        assertThrows(UnusableDirectory.class, () -> open(folder.resolve("one")));

    assertEquals(
        "The data directory " + folder.resolve("one") + " is in use by another process.",
        refusal.getMessage());
  }

  @Test
  void directoryOfAnotherClusterIsRefusedAndItsRunIsNotCounted() throws IOException {
    store.close();

    UnusableDirectory refusal =
        assertThrows(
            UnusableDirectory.class,
            () ->
                RocksStore.open(
                    new StoreSettings(folder.resolve("one"), "meadow", 0),
                    format,
                    new SecureRandom()));

    assertEquals(
        "The data directory "
            + folder.resolve("one")
            + " belongs to the cluster 'orchard', but trefoil.cluster.name is 'meadow'.",
        refusal.getMessage());
    assertEquals(2, reopen().recovered().run());
  }

  @Test
  void newerFormatIsRefused() throws IOException {
    store.close();
    Files.writeString(folder.resolve("one/format"), "trefoil 3\n");

    UnusableDirectory refusal =
        assertThrows(UnusableDirectory.class, () -> open(folder.resolve("one")));

    assertTrue(
        refusal
            .getMessage()
            .endsWith("has format 3, which this release cannot read: it reads format 2."),
        refusal.getMessage());
  }

  @Test
  void folderWithOtherFilesIsRefused() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(home.resolve("letter.txt"), "Dear Ann");

    UnusableDirectory refusal = assertThrows(UnusableDirectory.class, () -> open(home));

    assertTrue(refusal.getMessage().contains("holds files that are not a node's"));
  }

  @Test
  void rootOfAFreshVolumeIsTaken() throws IOException {
    Files.createDirectories(folder.resolve("volume/lost+found"));

    try (Store taken = open(folder.resolve("volume"))) {
      assertEquals(1, taken.recovered().run());
    }
  }

  @Test
  void fileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    UnusableDirectory refusal = assertThrows(UnusableDirectory.class, () -> open(file));

    assertTrue(
        refusal.getMessage().contains("cannot be written: a file is in its place"),
        refusal.getMessage());
  }

  @Test
  void dataWithoutIdentityIsRefused() throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder.resolve("bare"))) {
      try (RocksFiles files = RocksFiles.open(directory)) {
        files.db().put(RegisterKey.of(1, APPLE), new byte[] {1});
      }
    }

    UnusableDirectory refusal =
        assertThrows(UnusableDirectory.class, () -> open(folder.resolve("bare")));

    assertTrue(refusal.getMessage().contains("holds data but no identity"));
  }

  @Test
  void undecodableRegisterIsDamageThatIsRemembered() throws Exception {
    store.close();
    try (DataDirectory directory = DataDirectory.open(folder.resolve("one"))) {
      try (RocksFiles files = RocksFiles.open(directory)) {
        files.db().put(RegisterKey.of(1, APPLE), new byte[] {1});
      }
    }
    reopen();

    assertEquals(Optional.empty(), store.loadFromMemory(1, APPLE));
    DamagedCopy damage = assertThrows(DamagedCopy.class, () -> store.load(1, APPLE));

    assertEquals(
        "The register of key 'apple' in partition 1 is damaged: not of this format",
        damage.getMessage());
    assertEquals(Register.EMPTY, store.load(1, new Key("pear")));
    assertEquals(List.of(1), reopen().recovered().damaged());
  }

  @Test
  void aDiskWithLessFreeThanTheReserveIsNotWrittenTo() throws IOException {
    store.close();
    StoreSettings greedy = new StoreSettings(folder.resolve("one"), CLUSTER, Long.MAX_VALUE);

    UnusableDirectory refusal =
        assertThrows(
            UnusableDirectory.class, () -> RocksStore.open(greedy, format, new SecureRandom()));

    assertTrue(refusal.getMessage().contains("MiB are free"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("trefoil.storage.reserve-bytes"));
    assertEquals(2, reopen().recovered().run());
  }

  @Test
  void partitionIsOneRangeInKeyOrder() {
    assertArrayEquals(new byte[] {0, 0, 1, 2, 'a', 'b'}, RegisterKey.of(258, new Key("ab")));
    assertEquals(0, ByteBuffer.wrap(RegisterKey.of(0, new Key("z"))).getInt());
  }

  private static Path log(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("store"))) {
      return files
          .filter(f -> f.toString().endsWith(".log"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    Files.write(to.resolve("lock"), new byte[0], StandardOpenOption.CREATE);
    return to;
  }
}
