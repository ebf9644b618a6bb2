package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.cli.local.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A packaged node whose disk refuses to be written.
@Timeout(300)
class FailingDiskIT {

  private static final Duration READY = Duration.ofSeconds(90);

  /// Above the size of RocksDB's library, which is copied, and below that of a log of its own
  /// accord.
  private static final int LIMIT_KIB = 20_000;

  private static final int VALUE_BYTES = 200_000;

  @TempDir private Path folder;

  private final Captured captured = new Captured();
  private final int port;
  private final int peerPort;

  FailingDiskIT() throws IOException {
    port = StandIns.freePorts(1, 1);
    peerPort = StandIns.freePorts(1, 10);
  }

  @Test
  void aWriteThatFailsEndsTheProcessWithTheReasonAndNothingAcknowledgedIsLost() throws Exception {
    Path value = Files.write(folder.resolve("value"), new byte[VALUE_BYTES]);
    Process node = Packaged.startLimited(LIMIT_KIB, file("out"), file("err"), serve());
    List<String> acknowledged = new ArrayList<>();
    try {
      awaitReady();
      while (node.isAlive()) {
        String key = "key" + acknowledged.size();
        if (captured.run("put", key, "--file", value.toString(), "-e", endpoint()) == 0) {
          acknowledged.add(key);
        }
      }
      assertEquals(1, node.waitFor());
    } finally {
      node.destroyForcibly();
    }
    assertTrue(Files.readString(file("out")).contains("The node has stopped: The store cannot be"));
    assertFalse(acknowledged.isEmpty());

    Process again = Packaged.start(file("out2"), file("err2"), serve());
    try {
      awaitReady();
      for (String key : acknowledged) {
        assertEquals(0, captured.run("get", key, "-e", endpoint()), key + captured.err());
        assertEquals(VALUE_BYTES, captured.outBytes().length);
      }
    } finally {
      again.destroy();
      again.waitFor(30, TimeUnit.SECONDS);
    }
    assertEquals(0, captured.run("check-disk", folder.resolve("data").toString()), captured.out());
  }

  private void awaitReady() {
    Awaitility.await()
        .atMost(READY)
        .until(() -> captured.run("put", "ready", "1", "-e", endpoint()) == 0);
  }

  private String endpoint() {
    return "localhost:" + port;
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private List<String> serve() {
    return List.of(
        "serve",
        "--name=solo",
        "--http-port=" + port,
        "--peer-port=" + peerPort,
        "--data=" + folder.resolve("data"));
  }
}
