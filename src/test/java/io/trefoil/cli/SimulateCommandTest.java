package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {

  private final Captured captured = new Captured();

  @Test
  void theSameSeedIsTheSameRunAndAnotherIsAnother() throws IOException {
    String first = trace("7");
    assertEquals(first, trace("7"));
    assertTrue(!first.equals(trace("8")));
  }

  @Test
  void aSingleRunIsToldInOneLine() {
    assertEquals(0, run("--seed", "3"));
    assertTrue(captured.out().startsWith("seed 3: 3 nodes, calm, "), captured.out());
    assertEquals(1, captured.out().lines().count());
  }

  @Test
  void severalRunsAreAddedUp() throws IOException {
    assertEquals(0, run("--seeds", "5..7", "--json"));
    assertEquals(3, json().path("runs").asInt());
    assertEquals(0, json().path("violated").asInt());
    assertEquals(0, run("--seeds", "5..6"));
    assertTrue(captured.out().startsWith("2 runs, 0 violated: "), captured.out());
  }

  @Test
  void runsStopAtTheFirstThatIsViolatedUnlessTheyShallNot() throws IOException {
    String broken = "simulate --seeds 0..11 --scenario lossy --without RESOLVE_BEFORE_RETRY --json";
    assertEquals(1, captured.run(broken.split(" ")));
    assertTrue(json().path("runs").asInt() < 12, captured.out());
    String command = json().path("violations").get(0).path("command").asText();
    assertTrue(command.endsWith(" --without RESOLVE_BEFORE_RETRY"), command);
    assertEquals(1, captured.run((broken + " --keep-going").split(" ")));
    assertEquals(12, json().path("runs").asInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seeds 5..4",
        "--seeds 5",
        "--seeds a..b",
        "--seed 1 --seeds 1..2",
        "--scenario sunshine",
        "--without SUNSHINE",
        "--duration soon",
        "--duration 0s",
        "--nodes 0",
        "--scenario create",
        "--scenario create --log x --nodes 3",
        "--scenario create --log x --seeds 1..2",
        "--scenario create --log no/such/folder/x",
        "--scenario calm --log x"
      })
  void whatCannotBeRunIsSaid(String line) {
    assertEquals(2, captured.run(("simulate " + line).split(" ")));
    assertTrue(captured.err().startsWith("trefoil: "), captured.err());
  }

  @Test
  void aHeritageScenarioWritesItsLog(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("dbg.log");
    String[] line = {"simulate", "--scenario", "create", "--seed", "4", "--log", log.toString()};
    assertEquals(0, captured.run(line), captured.err());
    assertEquals("seed 4: create, 0 violations; the log is " + log + "\n", captured.out());
    List<String> lines = Files.readAllLines(log);
    assertEquals("131", lines.getFirst());
    assertEquals(400, lines.stream().filter(l -> l.contains(" create success ")).count());
  }

  @Test
  void theScenariosAreNamed() {
    assertEquals(2, captured.run("simulate", "--scenario", "sunshine"));
    assertTrue(captured.err().contains("'sunshine' is no scenario; there are calm, "));
    captured.run("simulate", "--help");
    assertTrue(captured.out().replaceAll("\\s+", " ").contains("calm, lossy, "), captured.out());
  }

  @Test
  void aRangeHasBothItsEnds() {
    assertEquals(new SeedRange(3, 5), SeedRange.parse("3..5"));
    assertEquals(3, SeedRange.parse("3..5").count());
    assertEquals(1, SeedRange.of(9).count());
    assertThrows(IllegalArgumentException.class, () -> SeedRange.parse("5..3"));
  }

  private String trace(String seed) throws IOException {
    assertEquals(0, run("--seed", seed, "--json"), captured.err());
    return json().path("trace").asText();
  }

  private int run(String... more) {
    String[] fixed = {"simulate", "--nodes", "3", "--scenario", "calm", "--duration", "1s"};
    String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return captured.run(all);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(captured.out());
  }
}
