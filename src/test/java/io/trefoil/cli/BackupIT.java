package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of three packaged processes is backed up while it is written to, by a process that is
/// killed halfway; the next goes on, and a cluster founded later gets everything back.
class BackupIT {

  private static final int RECORDS = 2_000;

  /// Less than a file of this backup takes.
  private static final int LIMIT_KIB = 64;

  private static final String PARTITIONS = "trefoil.cluster.partitions=1024";

  @TempDir private Path folder;

  private final Captured captured = new Captured();

  @Test
  void aFreshClusterGetsBackWhatWasSavedByABackupThatWasKilledHalfway() throws Exception {
    Path records = records();
    Path saved = folder.resolve("saved");
    try (RunningCluster cluster = RunningCluster.start(3, home("first"), PARTITIONS)) {
      String all = cluster.endpoints(1, 2, 3);
      assertEquals(0, run("load", records, all, "--repeat-unknown"), captured.out());
      assertEquals(0, captured.run("put", "deleted before", "x", "-e", cluster.endpoints(2)));
      assertEquals(0, captured.run("delete", "deleted before", "-e", cluster.endpoints(2)));
      fillDisk(cluster.endpoints(2));
      Thread writer = Thread.ofVirtual().start(() -> write(cluster.endpoints(3)));
      killHalfway(saved, cluster.endpoints(1));
      Map<Path, FileTime> before = times(saved);
      assertFalse(Files.exists(saved.resolve("manifest.json")));

      cluster.kill(1);
      assertEquals(0, run("backup", saved, cluster.endpoints(1, 2, 3)), captured.err());
      writer.interrupt();
      writer.join();
      for (Map.Entry<Path, FileTime> file : before.entrySet()) {
        assertEquals(file.getValue(), Files.getLastModifiedTime(file.getKey()), "done only once");
      }
    }
    try (RunningCluster cluster = RunningCluster.start(3, home("second"), PARTITIONS)) {
      String all = cluster.endpoints(1, 2, 3);
      assertEquals(0, run("restore", saved, all, "--verify", "--json"), captured.err());
      JsonNode told = new ObjectMapper().readTree(captured.out());
      assertTrue(told.path("equal").asInt() > RECORDS, captured.out());
      assertEquals(0, told.path("missing").asInt() + told.path("different").asInt());
      assertEquals(0, run("load", records, all, "--verify-only"), captured.out());
      assertEquals(1, captured.run("get", "deleted before", "-e", cluster.endpoints(1)));
    }
  }

  /// A disk that fills is told in a sentence, and leaves no part of a file.
  private void fillDisk(String endpoint) throws Exception {
    Path full = folder.resolve("full");
    Path err = folder.resolve("full.err");
    Process backup =
        Packaged.startLimited(
            LIMIT_KIB,
            folder.resolve("full.out"),
            err,
            List.of("backup", full.toString(), "-e", endpoint));
    assertEquals(1, backup.waitFor(), () -> "full disk");
    String told = Files.readString(err);
    assertTrue(told.startsWith("trefoil: " + full) && told.lines().count() == 1, told);
    assertFalse(Files.exists(full.resolve("manifest.json")));
    try (Stream<Path> left = Files.list(full)) {
      assertEquals(0, left.filter(file -> file.toString().endsWith(".part")).count());
    }
  }

  private void killHalfway(Path saved, String endpoint) throws IOException {
    Process backup =
        Packaged.start(
            folder.resolve("backup.out"),
            folder.resolve("backup.err"),
            List.of("backup", saved.toString(), "-e", endpoint, "--clients", "1"));
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(Duration.ofSeconds(120))
          .until(() -> !backup.isAlive() || times(saved).size() >= 2);
      assertTrue(backup.isAlive(), () -> "it ended before it was killed");
    } finally {
      backup.destroyForcibly();
      backup.onExit().join();
    }
  }

  private static Map<Path, FileTime> times(Path saved) throws IOException {
    Map<Path, FileTime> times = new LinkedHashMap<>();
    if (Files.exists(saved)) {
      try (Stream<Path> files = Files.list(saved)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".records")).toList()) {
          times.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return times;
  }

  /// Writes other keys until it is interrupted.
  private static void write(String endpoint) {
    Captured own = new Captured();
    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
      own.run("put", "meanwhile " + i % 500, "round " + i, "-e", endpoint);
    }
  }

  private Path records() throws IOException {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      lines.add("key/" + i + "\t" + "v".repeat(random.nextInt(2_000)) + i);
    }
    return Files.write(folder.resolve("records.tsv"), lines);
  }

  private Path home(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private int run(String command, Path path, String endpoints, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, path.toString(), "-e", endpoints));
    arguments.addAll(List.of(more));
    return captured.run(arguments.toArray(String[]::new));
  }
}
