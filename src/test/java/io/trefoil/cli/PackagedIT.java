package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
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

/// The packaged program as a process: exit codes, and what it leaves behind.
@Timeout(300)
class PackagedIT {

  @TempDir private Path folder;

  @Test
  void aCommandEndsWithItsExitCodeAndSpeaksOnTheRightStreams() throws Exception {
    assertEquals(0, run("--version"));
    assertTrue(out().startsWith("trefoil " + Main.VERSION + "\n"), out());
    assertEquals(2, run("get"));
    assertEquals("", out());
    assertEquals(3, run("get", "a", "-e", "localhost:1", "--json"));
    assertEquals("trefoil: http://localhost:1 cannot be reached: nobody listens there\n", err());
    assertTrue(out().contains("\"problem\" : \"unreachable\""), out());
  }

  @Test
  void aWrongSettingStopsTheStartWithOneSentenceThatNamesIt() throws Exception {
    assertEquals(1, run(serve("-Dtrefoil.peer.port=70000")));
    assertEquals("trefoil: trefoil.peer.port is 70000; it must lie between 0 and 65535.\n", err());
  }

  @Test
  void aTakenHttpPortStopsTheStartWithOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      assertEquals(1, run(serve("-Dquarkus.http.port=" + port)));
      assertEquals(
          "trefoil: port "
              + port
              + " is taken by another program; choose another with"
              + " --http-port (quarkus.http.port)\n",
          err());
    }
  }

  @Test
  void nodesDoNotOutliveAKilledLocal() throws IOException {
    try (RunningCluster cluster = RunningCluster.start(1, folder)) {
      ProcessHandle node = cluster.process(1);
      cluster.local().destroyForcibly();
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !node.isAlive());
    }
  }

  private String[] serve(String setting) {
    return new String[] {
      "serve",
      "--name=solo",
      "--http-port=0",
      "--peer-port=0",
      "--data=" + folder.resolve("solo"),
      "-Dquarkus.log.level=WARN",
      setting
    };
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    Process process = Packaged.start(folder.resolve("out"), folder.resolve("err"), all);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return process.exitValue();
  }

  private String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }
}
