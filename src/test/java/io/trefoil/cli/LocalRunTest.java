package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.local.LocalPlan;
import io.trefoil.cli.local.RefusedException;
import io.trefoil.cli.local.StandIns;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalRunTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  private final Captured captured = new Captured();

  @TempDir private Path folder;

  @Test
  void whenReadyItTellsWhereEverythingIsAndStaysUntilTheNodesEnd() throws IOException {
    LocalPlan plan = StandIns.plan(2, folder, "ready");
    var run = run(plan, false);
    Awaitility.await().atMost(LONG).until(() -> captured.out().contains("Ctrl-C"));
    for (var node : plan.nodes()) {
      assertTrue(captured.out().contains(node.name() + "  " + node.http() + "  " + node.peer()));
    }
    assertTrue(captured.out().contains("data     " + folder), captured.out());
    assertTrue(captured.out().contains(plan.nodes().getFirst().http() + "/q/swagger-ui"));
    assertFalse(run.isDone());
    pids(captured.out()).forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
    assertEquals(ExitCode.REFUSED, run.join());
    assertTrue(captured.err().contains("ended with exit code 137; the others go on"));
    assertTrue(captured.err().contains(" serve -Dtrefoil.node.name=node-1 "), captured.err());
    assertTrue(captured.err().contains("no node is left; the data stays in " + folder));
  }

  @Test
  void programsAreToldTheSame() throws IOException {
    LocalPlan plan = StandIns.plan(1, folder, "ready");
    var run = run(plan, true);
    Awaitility.await().atMost(LONG).until(() -> captured.out().endsWith("}\n"));
    JsonNode node = new ObjectMapper().readTree(captured.out()).path("nodes").path(0);
    assertEquals("node-1", node.path("name").asText());
    assertEquals(plan.nodes().getFirst().http(), node.path("http").asText());
    assertEquals("serve", node.path("command").path(5).asText());
    ProcessHandle.of(node.path("pid").asLong()).orElseThrow().destroyForcibly();
    run.join();
  }

  @Test
  void nothingIsStartedWhenAPortIsTaken() throws IOException {
    LocalPlan plan = StandIns.plan(2, folder.resolve("new"), "ready");
    try (ServerSocket _ = new ServerSocket(plan.nodes().getLast().httpPort())) {
      LocalRun run = new LocalRun(captured.console(), false);
      assertThrows(RefusedException.class, () -> run.run(plan, StandIns.program(), false, LONG));
    }
    assertFalse(Files.exists(folder.resolve("new")));
  }

  @Test
  void whenOneDiesDuringTheStartTheOthersAreEnded() throws IOException {
    LocalPlan plan = StandIns.plan(2, folder, "dies");
    LocalRun run = new LocalRun(captured.console(), false);
    assertThrows(RefusedException.class, () -> run.run(plan, StandIns.program(), false, LONG));
    assertEquals("", captured.out());
    assertEquals(
        0,
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains(folder.toString()))
            .count());
  }

  private CompletableFuture<ExitCode> run(LocalPlan plan, boolean json) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new LocalRun(captured.console(), json)
                .run(plan, StandIns.program(), false, LONG);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static java.util.List<Long> pids(String table) {
    return table
        .lines()
        .filter(line -> line.startsWith("node-"))
        .map(line -> Long.parseLong(line.split(" +")[3]))
        .toList();
  }
}
