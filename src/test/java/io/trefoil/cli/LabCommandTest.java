package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabCommandTest {

  private final Captured captured = new Captured();

  @Test
  void aRowForEachSizeAndLossStandsUnderWhatIsReachedFor() {
    assertEquals(0, captured.run("lab", "--nodes", "3", "--loss", "0,10", "--hours", "1"));
    List<String> lines = captured.out().lines().toList();
    assertEquals(5, lines.size());
    assertTrue(lines.get(0).startsWith("| nodes | loss | bootstrap | "), lines.get(0));
    assertTrue(lines.get(2).contains(" < 2 s | < 4 s "), lines.get(2));
    assertTrue(lines.get(3).startsWith("| 3 | 0 % | 0."), lines.get(3));
    assertTrue(lines.get(4).startsWith("| 3 | 10 % | 0."), lines.get(4));
    long columns = lines.getFirst().chars().filter(c -> c == '|').count();
    assertTrue(lines.stream().allMatch(l -> l.chars().filter(c -> c == '|').count() == columns));
  }

  @Test
  void programsGetNumbers() throws IOException {
    assertEquals(0, captured.run("lab", "--nodes", "4", "--loss", "0", "--hours", "1", "--json"));
    JsonNode row = new ObjectMapper().readTree(captured.out()).path(0);
    assertEquals(4, row.path("nodes").asInt());
    assertTrue(row.path("allMedian").asDouble() > 0.75, row::toString);
    assertEquals(0, row.path("falseDeaths").asInt());
  }

  @Test
  void speedAndMemoryAreMeasured() throws IOException {
    assertEquals(0, captured.run("lab", "speed", "--nodes", "10", "--seconds", "1", "--json"));
    JsonNode row = new ObjectMapper().readTree(captured.out()).path(0);
    assertTrue(row.path("eventsPerSecond").asDouble() > 1_000, row::toString);
    double bootstrap = row.path("bootstrap").asDouble();
    assertTrue(bootstrap > 0 && bootstrap < 3, row::toString);
  }

  @Test
  void aSmallStoreIsBalancedAndRepaired() throws IOException {
    String line = "lab store --nodes 5 --keys 300 --partitions 64 --json";
    assertEquals(0, captured.run(line.split(" ")), captured.out());
    JsonNode row = new ObjectMapper().readTree(captured.out());
    assertEquals(0, row.path("notDone").asInt() + row.path("wrongCopies").asInt());
    assertEquals(0, row.path("surplusCopies").asInt());
    assertTrue(row.path("repairedSeconds").asDouble() > 30, "the eviction delay is in it");
    assertEquals(2, captured.run("lab", "store", "--nodes", "3"));
    assertEquals(2, captured.run("lab", "store", "--partitions", "63"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nodes 2",
        "--nodes 10001",
        "--loss 100",
        "--loss -1",
        "--hours x",
        "speed --nodes 2",
        "speed --loss 100",
        "speed --seconds 0"
      })
  void whatCannotBeMeasuredIsSaid(String options) {
    assertEquals(2, captured.run(("lab " + options).split(" ")));
    assertTrue(captured.err().startsWith("trefoil: "), captured.err());
  }
}
