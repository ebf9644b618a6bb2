package io.trefoil.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.MapWrite.Adopted;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitLoopTest {

  private static final Key APPLE = new Key("apple");

  private final HandLoop loop = new HandLoop();
  private final SlowStore store = new SlowStore();
  private final Journal journal = new Journal();
  private CommitLoop commits = new CommitLoop(store, SyncPolicy.ALWAYS, loop, journal);

  @AfterEach
  void close() {
    store.openGate();
    commits.stop();
    commits.close();
  }

  @Test
  void writesOfOneTurnAreOneCommit() {
    commits.persist(1, Samples.write(0, "a", 1));
    commits.persist(2, Samples.write(0, "b", 2));
    commits.persist(3, Samples.write(new Adopted(Samples.map(1))));
    loop.runUntil(() -> journal.lines().size() == 4);

    assertEquals(
        List.of("committed 3", "persisted 1", "persisted 2", "persisted 3"), journal.lines());
    assertEquals(List.of(3), store.commits());
  }

  @Test
  void whatArrivesWhileASyncRunsIsTheNextGroup() throws Exception {
    store.closeGate();
    commits.persist(1, Samples.write(0, "a", 1));
    loop.runReady();
    store.awaitCommit();
    for (int ticket = 2; ticket <= 4; ticket++) {
      commits.persist(ticket, Samples.write(0, "k" + ticket, ticket));
      loop.runReady();
    }
    assertEquals(List.of(), journal.lines());
    store.openGate();
    loop.runUntil(() -> journal.lines().contains("persisted 4"));

    assertEquals(List.of(1, 3), store.commits());
    assertEquals(
        List.of(
            "committed 1",
            "persisted 1",
            "committed 3",
            "persisted 2",
            "persisted 3",
            "persisted 4"),
        journal.lines());
  }

  @Test
  void nothingIsReportedBeforeItIsKept() throws Exception {
    store.closeGate();
    commits.persist(1, Samples.write(0, "apple", 1));
    loop.runReady();
    store.awaitCommit();
    loop.runReady();

    assertEquals(List.of(), journal.lines());
  }

  @Test
  void readSeesTheWriteHandedOverBeforeAndWaitsForIt() throws Exception {
    store.closeGate();
    commits.persist(1, Samples.write(0, "apple", 1));
    commits.persist(2, Samples.write(0, "apple", 2));
    commits.fetch(3, 0, APPLE);
    loop.runReady();
    store.awaitCommit();
    assertEquals(List.of(), journal.lines());
    store.openGate();
    loop.runUntil(() -> journal.lines().size() == 4);

    assertEquals(
        List.of("committed 2", "persisted 1", "persisted 2", "fetched 3"), journal.lines());
    assertEquals(List.of(Samples.register(2)), journal.registers());
  }

  /// Found by `SplitIT` on a busy machine: a node that came back into a replica set read what it
  /// had just ordered to be erased, and so brought a deleted key back.
  @Test
  void readSeesThatItsPartitionWasErasedBeforeThatIsDone() throws Exception {
    store.seed(Samples.write(7, "apple", 9));
    store.seed(Samples.write(8, "pear", 5));
    store.closeGate();
    commits.persist(1, erasing(7));
    commits.fetch(2, 7, APPLE);
    commits.fetch(3, 8, new Key("pear"));
    loop.runReady();
    store.awaitCommit();
    commits.fetch(4, 7, APPLE);
    loop.runUntil(() -> journal.lines().contains("fetched 3"));
    assertEquals(List.of("fetched 3"), journal.lines());
    store.openGate();
    loop.runUntil(() -> journal.lines().contains("fetched 4"));

    assertEquals(
        List.of("fetched 3", "committed 1", "persisted 1", "fetched 2", "fetched 4"),
        journal.lines());
    assertEquals(List.of(Samples.register(5), Register.EMPTY, Register.EMPTY), journal.registers());
  }

  @Test
  void whatIsWrittenAfterAnErasureIsReadAndNotThatItWasErased() throws Exception {
    store.closeGate();
    commits.persist(1, erasing(7));
    loop.runReady();
    store.awaitCommit();
    commits.persist(2, Samples.write(7, "apple", 2));
    commits.fetch(3, 7, APPLE);
    store.openGate();
    loop.runUntil(() -> journal.lines().contains("fetched 3"));

    assertEquals(List.of(Samples.register(2)), journal.registers());
  }

  @Test
  void whoReadsBetweenTwoErasuresWaitsForTheLater() throws Exception {
    store.closeGate();
    commits.persist(1, erasing(7));
    commits.fetch(2, 7, APPLE);
    loop.runReady();
    store.awaitCommit();
    commits.persist(3, erasing(7));
    store.openGate();
    loop.runUntil(() -> journal.lines().contains("fetched 2"));

    assertEquals(
        List.of("committed 1", "persisted 1", "committed 1", "persisted 3", "fetched 2"),
        journal.lines());
  }

  private static Write erasing(int partition) {
    return new Write.OfRegister(new RegisterWrite.Copied(List.of(), List.of(partition)));
  }

  @Test
  void readOfAnotherKeyNeverWaitsForASync() throws Exception {
    store.seed(Samples.write(0, "apple", 9));
    store.closeGate();
    commits.persist(1, Samples.write(0, "pear", 1));
    loop.runReady();
    store.awaitCommit();
    commits.fetch(2, 0, APPLE);
    assertEquals(List.of(), journal.lines(), "never answered within the call");
    loop.runUntil(() -> journal.lines().size() == 1);

    assertEquals(List.of("fetched 2"), journal.lines());
    assertEquals(List.of(Samples.register(9)), journal.registers());
  }

  @Test
  void scanWaitsForAllThatWasHandedOverBefore() throws Exception {
    store.closeGate();
    commits.persist(1, Samples.write(0, "apple", 1));
    loop.runReady();
    store.awaitCommit();
    commits.persist(2, Samples.write(0, "pear", 2));
    commits.scan(3, 0, Optional.empty(), 1 << 20);
    loop.runReady();
    assertEquals(List.of(), journal.lines());
    store.openGate();
    loop.runUntil(() -> journal.lines().contains("scanned 3 to the end"));

    assertEquals(
        List.of("committed 1", "persisted 1", "committed 1", "persisted 2", "scanned 3 to the end"),
        journal.lines());
    assertEquals(List.of(Samples.register(1), Samples.register(2)), journal.registers());
    assertTrue(store.readBy().startsWith("trefoil-reader-"), store.readBy());
  }

  @Test
  void scanOfMemoryRunsOnTheLoopItself() {
    CommitLoop inMemory =
        new CommitLoop(new MemoryStore(() -> 5), SyncPolicy.ALWAYS, loop, journal);
    inMemory.persist(1, Samples.write(0, "apple", 1));
    inMemory.scan(2, 0, Optional.empty(), 1 << 20);
    loop.runReady();

    assertEquals(List.of("committed 1", "persisted 1", "scanned 2 to the end"), journal.lines());
    inMemory.stop();
    inMemory.close();
  }

  @Test
  void readThatNeedsTheDiskRunsOnAReadersThread() {
    store.forgetMemory();
    commits.fetch(1, 0, APPLE);
    loop.runUntil(() -> journal.lines().size() == 1);

    assertEquals(List.of(Register.EMPTY), journal.registers());
    assertTrue(store.readBy().startsWith("trefoil-reader-"), store.readBy());
  }

  @Test
  void failedCommitIsReportedOnceAndNothingAfterIt() {
    store.breakWith(new IOException("no space left"));
    commits.persist(1, Samples.write(0, "apple", 1));
    loop.runUntil(() -> !journal.lines().isEmpty());
    commits.persist(2, Samples.write(0, "apple", 2));
    commits.fetch(3, 0, APPLE);
    loop.runReady();

    assertEquals(List.of("failed no space left"), journal.lines());
  }

  @Test
  void failedReadStopsTheNodeToo() {
    store.forgetMemory();
    store.breakWith(new IOException("checksum mismatch"));
    commits.fetch(1, 0, APPLE);
    loop.runUntil(() -> !journal.lines().isEmpty());

    assertEquals(List.of("failed checksum mismatch"), journal.lines());
  }

  @Test
  void damageIsToldToWhoAskedAndNothingElseStops() {
    store.forgetMemory();
    store.breakWith(new DamagedCopy(0, APPLE, new IOException("checksum mismatch")));
    commits.fetch(1, 0, APPLE);
    loop.runUntil(() -> !journal.lines().isEmpty());
    store.breakWith(null);
    commits.fetch(2, 0, APPLE);
    loop.runUntil(() -> journal.lines().size() == 2);

    assertEquals(
        List.of(
            "unreadable 1: The register of key 'apple' in partition 0 is damaged: "
                + "checksum mismatch",
            "fetched 2"),
        journal.lines());
  }

  @Test
  void damageFoundByAScanIsToldToWhoAsked() {
    store.breakWith(new DamagedCopy(0, new IOException("checksum mismatch")));
    commits.scan(1, 0, Optional.empty(), 1 << 20);
    loop.runUntil(() -> !journal.lines().isEmpty());

    assertEquals(
        List.of("unreadable 1: A register in partition 0 is damaged: checksum mismatch"),
        journal.lines());
  }

  @Test
  void stoppingStillWritesWhatWasHandedOver() {
    commits.persist(1, Samples.write(0, "apple", 1));
    commits.stop();
    commits.close();

    assertEquals(List.of(1), store.commits());
    assertEquals(List.of(), journal.lines());
  }

  @Test
  void valuesBeyondTheGroupLimitAreSeveralCommits() {
    for (int ticket = 1; ticket <= 5; ticket++) {
      commits.persist(ticket, Samples.large("key" + ticket, 6 << 20));
    }
    loop.runUntil(() -> journal.lines().contains("persisted 5"));

    assertEquals(List.of(3, 2), store.commits());
  }

  @Test
  void intervalReportsAtOnceAndSyncsLater() throws Exception {
    commits.stop();
    commits.close();
    Duration interval = Duration.ofMillis(20);
    commits = new CommitLoop(store, SyncPolicy.every(interval), loop, journal);
    commits.persist(1, Samples.write(0, "apple", 1));
    loop.runUntil(() -> journal.lines().contains("persisted 1"));

    assertTrue(store.awaitSync(10, TimeUnit.SECONDS));
    assertEquals(List.of(false), store.durable());
  }

  @Test
  void memoryIsCommittedOnTheLoopItself() {
    CommitLoop inMemory =
        new CommitLoop(new MemoryStore(() -> 5), SyncPolicy.ALWAYS, loop, journal);
    inMemory.persist(1, Samples.write(0, "apple", 1));
    inMemory.fetch(2, 0, APPLE);
    loop.runReady();

    assertEquals(List.of("committed 1", "persisted 1", "fetched 2"), journal.lines());
    inMemory.stop();
    inMemory.close();
  }
}
