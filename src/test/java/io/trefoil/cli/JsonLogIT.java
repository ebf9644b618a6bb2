package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.local.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a packaged node writes when its log shall be JSON, and when not.
@Timeout(300)
class JsonLogIT {

  private static final Duration READY = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private final Captured captured = new Captured();

  @Test
  void everyLineIsADocumentTheOperationsToo() throws Exception {
    List<String> lines = serve("-Dtrefoil.log.json=true");
    for (String line : lines) {
      JsonNode json = new ObjectMapper().readTree(line);
      assertTrue(json.isObject(), line);
      for (String field : List.of("timestamp", "level", "loggerName", "message")) {
        assertTrue(json.hasNonNull(field), () -> field + " in " + line);
      }
    }
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("io.trefoil.operations")), lines::toString);
    assertTrue(lines.stream().anyMatch(line -> line.contains("ready")), lines::toString);
    assertEquals("", Files.readString(folder.resolve("err")));
  }

  @Test
  void withoutItNoLineIsAndNothingIsWarnedOf() throws Exception {
    List<String> lines = serve("-Dquarkus.log.level=INFO");
    assertEquals(
        List.of(), lines.stream().filter(l -> l.startsWith("{") || l.contains("WARN")).toList());
  }

  private List<String> serve(String setting) throws IOException, InterruptedException {
    int port = StandIns.freePorts(1, 1);
    Process node =
        Packaged.start(
            folder.resolve("out"),
            folder.resolve("err"),
            List.of(
                "serve",
                "--name=solo",
                "--http-port=" + port,
                "--peer-port=0",
                "-Dtrefoil.storage.engine=memory",
                "--data=" + folder.resolve("data"),
                setting));
    try {
      Awaitility.await()
          .atMost(READY)
          .until(() -> captured.run("put", "a key", "1", "-e", "localhost:" + port) == 0);
    } finally {
      node.destroy();
      assertTrue(node.waitFor(30, TimeUnit.SECONDS));
    }
    return Files.readAllLines(folder.resolve("out"));
  }
}
