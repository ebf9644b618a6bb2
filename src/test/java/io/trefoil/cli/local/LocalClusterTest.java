package io.trefoil.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalClusterTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  private final LocalCluster cluster = new LocalCluster(Duration.ofSeconds(1));

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void allNodesRunUntilTheClusterIsClosed() throws IOException, InterruptedException {
    List<Integer> ready = new ArrayList<>();
    cluster.start(StandIns.plan(3, folder, "ready"), StandIns.program());
    cluster.awaitReady(LONG, ready::add);
    assertEquals(3, ready.getLast());
    assertTrue(cluster.children().stream().allMatch(Child::isAlive));
    cluster.close();
    assertTrue(cluster.children().stream().noneMatch(Child::isAlive));
    assertEquals("stand-in node-2\n", Files.readString(folder.resolve("node-2.log")));
  }

  @Test
  void aNodeThatEndsBeforeItIsReadyIsToldWithTheEndOfItsLog() throws IOException {
    cluster.start(StandIns.plan(1, folder, "dies"), StandIns.program());
    var refused = assertThrows(RefusedException.class, () -> cluster.awaitReady(LONG, _ -> {}));
    String sentence = refused.getMessage();
    assertTrue(
        sentence.startsWith("node-1 ended before it was ready (exit code 7); the last lines of "),
        sentence);
    assertTrue(sentence.endsWith("\n  stand-in node-1\n  the disk is full"), sentence);
  }

  @Test
  void aNodeThatDoesNotGetReadyIsToldWhenPatienceEnds() throws IOException {
    cluster.start(StandIns.plan(1, folder, "unready"), StandIns.program());
    var refused =
        assertThrows(
            RefusedException.class, () -> cluster.awaitReady(Duration.ofSeconds(1), _ -> {}));
    assertTrue(refused.getMessage().startsWith("node-1 is not ready after 1 s; the last lines"));
  }

  @Test
  void aNodeThatDoesNotEndWhenAskedIsEndedByForce() throws IOException, InterruptedException {
    cluster.start(StandIns.plan(2, folder, "hangs"), StandIns.program());
    cluster.awaitReady(LONG, _ -> {});
    cluster.close();
    assertTrue(cluster.children().stream().noneMatch(Child::isAlive));
  }

  @Test
  void aNodeThatIsKilledIsToldAndTheOthersGoOn() throws IOException, InterruptedException {
    cluster.start(StandIns.plan(2, folder, "ready"), StandIns.program());
    cluster.awaitReady(LONG, _ -> {});
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Thread watch =
        Thread.startVirtualThread(
            () -> cluster.watch((child, code) -> told.add(child.node().name() + " " + code)));
    kill(cluster.children().getFirst());
    assertTrue(cluster.children().getLast().isAlive());
    kill(cluster.children().getLast());
    watch.join();
    assertEquals(List.of("node-1 137", "node-2 137"), told.stream().sorted().toList());
  }

  @Test
  void whatEndsBecauseTheClusterIsClosedIsNotTold() throws IOException, InterruptedException {
    cluster.start(StandIns.plan(1, folder, "ready"), StandIns.program());
    cluster.awaitReady(LONG, _ -> {});
    List<Child> told = Collections.synchronizedList(new ArrayList<>());
    Thread watch = Thread.startVirtualThread(() -> cluster.watch((child, _) -> told.add(child)));
    cluster.close();
    watch.join();
    assertEquals(List.of(), told);
    assertTrue(cluster.isStopping());
  }

  @Test
  void theCommandToldStartsTheSameNodeWithoutTyingItToUs() throws IOException {
    LocalPlan plan = StandIns.plan(1, folder, "ready");
    cluster.start(plan, StandIns.program());
    List<String> command = cluster.children().getFirst().command();
    assertEquals(StandIns.program().serve(plan.settings(plan.nodes().getFirst())), command);
    assertFalse(command.contains("--stop-with"));
  }

  private static void kill(Child child) {
    ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
    process.destroyForcibly();
    child.ended().join();
  }
}
