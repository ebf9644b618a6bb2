package io.trefoil.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.MapWrite.Adopted;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;

class InspectionTest {

  @TempDir Path folder;

  private final Format format = ByIndex.format();

  @Test
  void aSoundDirectoryHasNoFindingsAndItsRunIsNotCounted() throws IOException {
    commit(Samples.write(new Adopted(Samples.map(3))), Samples.write(0, "a", 1));

    Inspection.Result result = inspect();

    assertEquals(List.of(), result.told());
    assertEquals(1, result.registers());
    assertEquals(1, result.node().orElseThrow().run());
    assertEquals(1, inspect().node().orElseThrow().run());
  }

  @Test
  void aDirectoryInUseOrOfNobodyIsRefused() throws IOException {
    try (RocksStore store = open()) {
      assertEquals(1, store.recovered().run());
      assertTrue(refusal(folder.resolve("data")).contains("is in use by another process"));
    }
    assertTrue(refusal(folder.resolve("nothing")).contains("is not a node's"));
    assertTrue(Files.notExists(folder.resolve("nothing")), "nothing is made");
  }

  @Test
  void whatBreaksAnInvariantIsNamed() throws Exception {
    Ballot high = new Ballot(1, HybridTimestamp.ofMillis(9), Samples.NODE, 9);
    Register backwards = new Register(Ballot.ZERO, high, Samples.register(1).record());
    Register hollow = new Register(high, high, Optional.empty());
    commit(
        Samples.write(new Adopted(Samples.map(3))),
        Samples.write(1, "elsewhere", 1),
        register("backwards", backwards),
        register("hollow", hollow));
    raw(RegisterKey.of(0, new Key("senseless")), new byte[] {1});

    assertEquals(
        List.of(
            "partition 0 has key 'backwards', accepted above its promise",
            "partition 0 has key 'hollow', whose record does not fit what it accepted",
            "partition 0 has a register that makes no sense: not of this format",
            "partition 1 has key 'elsewhere', which is of partition 0"),
        inspect().told());
    assertEquals(List.of(0, 1), inspect().damaged());
  }

  @Test
  void aTableWithAWrongChecksumIsFoundWithItsPartition() throws Exception {
    commit(Samples.write(new Adopted(Samples.map(3))), Samples.write(0, "a", 1));
    try (DataDirectory directory = DataDirectory.open(folder.resolve("data"));
        RocksFiles files = RocksFiles.open(directory);
        FlushOptions waiting = new FlushOptions()) {
      files.db().flush(waiting);
    }
    Path table = table();
    byte[] bytes = Files.readAllBytes(table);
    bytes[5] ^= 1;
    Files.write(table, bytes);

    Inspection.Result result = inspect();

    assertEquals(List.of(0), result.damaged());
    assertTrue(result.told().getFirst().startsWith("partition 0 cannot be read whole: "));
  }

  @Test
  void aMissingIdentityIsFound() throws Exception {
    raw(RegisterKey.of(0, new Key("a")), format.registers().encode().apply(Samples.register(1)));

    assertEquals(
        List.of("the node's own state is damaged: the identity is missing or damaged"),
        inspect().told());
  }

  private Path table() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("data/store"))) {
      return all.filter(f -> f.toString().endsWith(".sst"))
          .min((a, b) -> a.compareTo(b))
          .orElseThrow();
    }
  }

  private static Write register(String key, Register register) {
    return new Write.OfRegister(new RegisterWrite.Changed(0, new Key(key), register));
  }

  private void raw(byte[] place, byte[] stored) throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder.resolve("data"));
        RocksFiles files = RocksFiles.open(directory)) {
      files.db().put(place, stored);
    }
  }

  private void commit(Write... writes) throws IOException {
    try (RocksStore store = open()) {
      store.commit(List.of(writes), true);
    }
  }

  private RocksStore open() throws IOException {
    StoreSettings settings = new StoreSettings(folder.resolve("data"), "orchard", 0);
    return RocksStore.open(settings, format, new SecureRandom());
  }

  private Inspection.Result inspect() throws IOException {
    return Inspection.of(folder.resolve("data"), format, _ -> {});
  }

  private String refusal(Path path) {
    return assertThrows(UnusableDirectory.class, () -> Inspection.of(path, format, _ -> {}))
        .getMessage();
  }
}
