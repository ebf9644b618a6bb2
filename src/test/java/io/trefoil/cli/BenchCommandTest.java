package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {

  @TempDir Path folder;

  private final Captured captured = new Captured();

  @Test
  void readsAndWritesOfAStoreAreTimed() throws IOException {
    try (StandInStore store = new StandInStore()) {
      assertEquals(
          0,
          captured.run(
              "bench",
              "--json",
              "--seconds=1",
              "--warm-up=0",
              "--clients=4",
              "--keys=10",
              "--endpoints=" + store.endpoint()),
          captured.err());
    }
    JsonNode result = json().path(0);
    assertEquals(4, result.path("clients").asInt());
    assertEquals(0, result.path("failed").asLong(), captured.out());
    assertTrue(result.path("operationsPerSecond").asDouble() > 0, captured.out());
    assertTrue(result.path("reads").path("count").asLong() > 0, captured.out());
    assertTrue(result.path("writes").path("p50Micros").asLong() > 0, captured.out());
  }

  @Test
  void aClusterThatIsNotThereIsNotMeasured() {
    assertEquals(
        3, captured.run("bench", "--seconds=1", "--warm-up=0", "--clients=1", "-elocalhost:1"));
  }

  @Test
  void theStoreAndTheDiskAreMeasuredWithGroupsOfTheSameSizes() throws IOException {
    String path = folder.resolve("disk").toString();
    assertEquals(0, captured.run("bench", "store", path, "--writers=8", "--seconds=1", "--json"));
    assertEquals("store", json().path(0).path("what").asText());
    assertEquals("disk", json().path(1).path("what").asText());
    for (JsonNode row : json()) {
      double group = row.path("writesPerSecond").asDouble() / row.path("syncsPerSecond").asDouble();
      assertTrue(group > 1 && group <= 8, captured.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--mix 101", "--clients 0", "--keys 0", "--seconds 0"})
  void whatCannotBeMeasuredIsSaid(String options) {
    assertEquals(2, captured.run(("bench " + options).split(" ")));
    assertTrue(captured.err().startsWith("trefoil: --"), captured.err());
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(captured.out());
  }
}
