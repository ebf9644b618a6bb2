package io.trefoil.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import io.trefoil.core.model.Stretch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds of every store.
abstract class StoreContract {

  private static final Key APPLE = new Key("apple");

  Store store;

  /// A store of a node that never ran before.
  abstract Store fresh(String node) throws IOException;

  @BeforeEach
  void open() throws IOException {
    store = fresh("one");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void firstStartHasAnIdentityAndIsRunOne() {
    assertNotEquals(NodeId.NONE, store.recovered().id());
    assertEquals(1, store.recovered().run());
    assertEquals(GenesisVote.NONE, store.recovered().votes().genesis());
    assertEquals(Optional.empty(), store.recovered().map());
  }

  @Test
  void twoNodesNeverShareAnIdentity() throws IOException {
    try (Store other = fresh("two")) {
      assertNotEquals(store.recovered().id(), other.recovered().id());
    }
  }

  @Test
  void keyNobodyWroteIsEmpty() throws IOException {
    assertEquals(Register.EMPTY, store.load(0, APPLE));
    assertEquals(Optional.of(Register.EMPTY), store.loadFromMemory(0, APPLE));
  }

  @Test
  void committedRegisterIsLoaded() throws IOException {
    store.commit(List.of(Samples.write(3, "apple", 1)), true);

    assertEquals(Samples.register(1), store.load(3, APPLE));
    assertEquals(Optional.of(Samples.register(1)), store.loadFromMemory(3, APPLE));
  }

  @Test
  void lastWriteOfOneCommitWins() throws IOException {
    store.commit(List.of(Samples.write(3, "apple", 1), Samples.write(3, "apple", 2)), true);

    assertEquals(Samples.register(2), store.load(3, APPLE));
  }

  @Test
  void writesWithoutSyncAreLoadedToo() throws IOException {
    store.commit(List.of(Samples.write(3, "apple", 1)), false);
    store.sync();

    assertEquals(Samples.register(1), store.load(3, APPLE));
  }

  @Test
  void partitionIsReadInTheOrderOfItsKeysAndNoFurther() throws IOException {
    store.commit(
        List.of(
            Samples.write(3, "b", 1),
            Samples.write(3, "\uD83D\uDE00", 2),
            Samples.write(3, "\uFFFD", 3),
            Samples.write(3, "ab", 4),
            Samples.write(2, "y", 5),
            Samples.write(4, "a", 6)),
        true);

    assertEquals(
        new Stretch(
            List.of(
                stored("ab", 4), stored("b", 1), stored("\uFFFD", 3), stored("\uD83D\uDE00", 2)),
            true),
        store.scan(3, Optional.empty(), 1 << 20));
    assertEquals(new Stretch(List.of(), true), store.scan(9, Optional.empty(), 1 << 20));
  }

  @Test
  void partitionIsReadInPartsOfAtLeastOneRegister() throws IOException {
    store.commit(List.of(Samples.write(3, "a", 1), Samples.write(3, "b", 2)), true);
    store.commit(List.of(Samples.write(3, "c", 3)), true);

    assertEquals(new Stretch(List.of(stored("a", 1)), false), store.scan(3, Optional.empty(), 1));
    assertEquals(
        new Stretch(List.of(stored("b", 2)), false), store.scan(3, Optional.of(new Key("a")), 1));
    assertEquals(
        new Stretch(List.of(stored("c", 3)), true), store.scan(3, Optional.of(new Key("bb")), 1));
    assertEquals(new Stretch(List.of(), true), store.scan(3, Optional.of(new Key("c")), 1));
  }

  private static Stored stored(String key, long draw) {
    return new Stored(new Key(key), Samples.register(draw));
  }

  @Test
  void keysAreKeptApart() throws IOException {
    store.commit(List.of(Samples.write(0, "a", 1), Samples.write(0, "aa", 2)), true);
    store.commit(List.of(Samples.write(1, "é", 3), Samples.write(1, "\uD83D\uDE00", 4)), true);

    assertEquals(Samples.register(1), store.load(0, new Key("a")));
    assertEquals(Samples.register(2), store.load(0, new Key("aa")));
    assertEquals(Samples.register(3), store.load(1, new Key("é")));
    assertEquals(Samples.register(4), store.load(1, new Key("\uD83D\uDE00")));
    assertEquals(Register.EMPTY, store.load(1, new Key("a\u0000")));
  }
}
