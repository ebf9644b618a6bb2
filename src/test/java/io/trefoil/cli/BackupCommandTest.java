package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.trefoil.cli.backup.ForeignBackup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backup and restore against a real node, from the command line to its store and back.
@QuarkusTest
@TestProfile(SmallNode.class)
class BackupCommandTest {

  private static final int FILES = 4;

  private final Captured captured = new Captured();

  @TempDir private Path folder;
  private Path saved;

  @BeforeEach
  void ready() {
    saved = folder.resolve("saved");
    assertEquals(0, run("await-stable"), captured.err());
  }

  @Test
  void whatIsSavedComesBackByteByByteWithItsMediaType() throws IOException {
    byte[] value = new byte[1 << 20];
    new Random(1).nextBytes(value);
    Path file = Files.write(folder.resolve("value"), value);
    assertEquals(0, run("put", "big/☘", "--file", file.toString(), "--content-type", "image/x"));
    assertEquals(0, run("put", "..", "dots"));
    assertEquals(0, run("put", "a//b\u0000", ""));
    assertEquals(0, run("backup", saved.toString(), "--json"), captured.err());
    assertTrue(json().path("records").asInt() >= 3);
    for (String key : List.of("big/☘", "..", "a//b\u0000")) {
      assertEquals(0, run("delete", key), captured.err());
    }
    assertEquals(0, run("restore", saved.toString(), "--verify", "--json"), captured.err());
    assertEquals(0, json().path("missing").asInt() + json().path("different").asInt());

    assertEquals(0, run("get", "big/☘"));
    assertArrayEquals(value, captured.outBytes());
    assertEquals(0, run("get", "big/☘", "--json"));
    assertEquals("image/x", json().path("contentType").asText());
    assertEquals(0, run("get", "a//b\u0000"));
    assertEquals("", captured.out());
  }

  @Test
  void aFinishedBackupIsLeftAlone() throws IOException {
    assertEquals(0, run("backup", saved.toString()), captured.err());
    FileTime before = Files.getLastModifiedTime(saved.resolve("manifest.json"));
    assertEquals(0, run("put", "later", "1"));
    assertEquals(0, run("backup", saved.toString()), captured.err());
    assertTrue(captured.out().contains("finished backup already"), captured.out());
    assertEquals(before, Files.getLastModifiedTime(saved.resolve("manifest.json")));
    assertFalse(Files.exists(saved.resolve("begun.json")));
  }

  @Test
  void anInterruptedBackupGoesOnWithWhatIsMissingOrDamaged() throws IOException {
    for (int i = 0; i < 300; i++) {
      assertEquals(0, run("put", "resumed " + i, "v" + i));
    }
    assertEquals(0, run("backup", saved.toString()), captured.err());
    List<Path> files = recordFiles();
    assertEquals(FILES, files.size());
    interrupt();
    Files.delete(files.get(1));
    byte[] bytes = Files.readAllBytes(files.get(2));
    Files.write(files.get(2), Arrays.copyOf(bytes, bytes.length - 1));
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(files.get(0), old);
    Files.setLastModifiedTime(files.get(2), old);

    assertEquals(0, run("backup", saved.toString()), captured.err());
    assertEquals(old, Files.getLastModifiedTime(files.get(0)), "what is whole stays");
    assertTrue(Files.getLastModifiedTime(files.get(2)).compareTo(old) > 0);
    assertEquals(0, run("restore", saved.toString(), "--check"), captured.err());
    assertEquals(0, run("restore", saved.toString(), "--verify"), captured.out());
  }

  @Test
  void theBeginningOfAnotherClustersBackupIsNotGoneOnWith() throws IOException {
    assertEquals(0, run("backup", saved.toString()), captured.err());
    interrupt();
    Path begun = saved.resolve("begun.json");
    Files.writeString(begun, Files.readString(begun).replace("\"small\"", "\"other\""));

    assertEquals(1, run("backup", saved.toString()));
    assertTrue(captured.err().contains("'other'"), captured.err());
  }

  @Test
  void aBackupUnderWritesHoldsValuesThatWereThere() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertEquals(0, run("put", "moving " + i, "0"));
      assertEquals(0, run("put", "still " + i, "s" + i));
    }
    AtomicBoolean stop = new AtomicBoolean();
    List<Integer> counts = new ArrayList<>();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  Captured own = new Captured();
                  for (int round = 1; !stop.get(); round++) {
                    String at = endpoint();
                    own.run("put", "moving " + round % 100, "" + round, "-e", at);
                    own.run("put", "come and gone", "x", "-e", at);
                    own.run("delete", "come and gone", "-e", at);
                    counts.add(round);
                  }
                });
    assertEquals(0, run("backup", saved.toString()), captured.err());
    stop.set(true);
    writer.join();
    for (int i = 0; i < 100; i++) {
      assertEquals(0, run("delete", "still " + i));
      assertEquals(0, run("delete", "moving " + i));
    }
    assertEquals(0, run("restore", saved.toString()), captured.err());

    for (int i = 0; i < 100; i++) {
      assertEquals(0, run("get", "still " + i), "there from beginning to end");
      assertEquals("s" + i, captured.out());
      assertEquals(0, run("get", "moving " + i));
      int value = Integer.parseInt(captured.out());
      assertTrue(value == 0 || value % 100 == i && value <= counts.getLast() + 1);
    }
  }

  @Test
  void whatHasAValueKeepsItUnlessItShallBeOverwritten() throws IOException {
    assertEquals(0, run("put", "changed", "old"));
    assertEquals(0, run("put", "same", "same"));
    assertEquals(0, run("backup", saved.toString()), captured.err());
    assertEquals(0, run("put", "changed", "new"));

    assertEquals(1, run("restore", saved.toString(), "--existing", "refuse"));
    assertTrue(captured.err().contains("'changed' has another value"), captured.err());
    forget();
    assertEquals(0, run("restore", saved.toString(), "--verify", "--json"), captured.err());
    assertEquals(1, json().path("different").asInt());
    assertEquals(0, run("get", "changed"));
    assertEquals("new", captured.out());

    assertEquals(0, run("restore", saved.toString()), captured.err());
    assertTrue(captured.out().contains("nothing was done"), captured.out());
    assertEquals(2, run("restore", saved.toString(), "--existing", "overwrite"));
    assertTrue(captured.err().contains("begun with --existing keep"), captured.err());
    forget();
    assertEquals(0, run("restore", saved.toString(), "--existing", "overwrite", "--verify"));
    assertEquals(0, run("get", "changed"));
    assertEquals("old", captured.out());
  }

  @Test
  void aDeletedKeyDoesNotComeBackUnlessItIsInTheBackup() {
    assertEquals(0, run("put", "gone", "x"));
    assertEquals(0, run("delete", "gone"));
    assertEquals(0, run("backup", saved.toString()), captured.err());
    assertEquals(0, run("restore", saved.toString()), captured.err());

    assertEquals(1, run("get", "gone"));
  }

  @Test
  void aDamagedBackupIsRefusedWithThePlaceBeforeAnythingIsWritten() throws IOException {
    for (int i = 0; i < 50; i++) {
      assertEquals(0, run("put", "held " + i, "v"));
    }
    assertEquals(0, run("backup", saved.toString()), captured.err());
    Path last = recordFiles().getLast();
    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length / 2] ^= 1;
    Files.write(last, bytes);
    for (int i = 0; i < 50; i++) {
      assertEquals(0, run("delete", "held " + i));
    }

    for (String check : List.of("--check", "--verify")) {
      assertEquals(1, run("restore", saved.toString(), check));
      assertTrue(captured.err().contains(last + " is damaged at byte "), captured.err());
    }
    assertEquals(1, run("get", "held 0"));
    Files.delete(last);
    assertEquals(1, run("restore", saved.toString()));
    assertTrue(captured.err().contains(last + " is missing"), captured.err());
  }

  @Test
  void aFileOfAnotherBackupIsSeen() throws IOException {
    assertEquals(0, run("backup", saved.toString()), captured.err());
    assertEquals(0, run("put", "one more " + saved, "x"));
    Path other = folder.resolve("other");
    assertEquals(0, run("backup", other.toString()), captured.err());
    int differing = 0;
    for (Path file : recordFiles()) {
      byte[] mine = Files.readAllBytes(file);
      byte[] theirs = Files.readAllBytes(other.resolve(file.getFileName()));
      if (!Arrays.equals(mine, theirs)) {
        Files.write(file, theirs);
        differing++;
      }
    }

    assertEquals(1, differing);
    assertEquals(1, run("restore", saved.toString(), "--check"));
    assertTrue(captured.err().contains("is not the file that the manifest lists"));
  }

  @Test
  void whatIsNoFinishedBackupIsRefused() throws IOException {
    assertEquals(2, run("restore", saved.toString()));
    assertTrue(captured.err().contains("no finished backup"), captured.err());
    Files.createDirectories(saved);
    Files.writeString(saved.resolve("manifest.json"), "{\"format\": 2}");
    assertEquals(2, run("restore", saved.toString()));
    assertTrue(captured.err().contains("format 2"), captured.err());
    Files.writeString(saved.resolve("manifest.json"), "{");
    assertEquals(1, run("restore", saved.toString()));
    assertTrue(captured.err().contains("is no JSON"), captured.err());
    Files.writeString(saved.resolve("manifest.json"), "{\"format\": 1}");
    assertEquals(1, run("restore", saved.toString()));
    assertTrue(captured.err().contains("not as a backup leaves it"), captured.err());
  }

  @Test
  void aFolderOfOtherThingsIsNotWrittenInto() throws IOException {
    Files.createDirectories(saved);
    Files.writeString(saved.resolve("notes.txt"), "mine");
    assertEquals(2, run("backup", saved.toString()));
    assertTrue(captured.err().contains("holds other files"), captured.err());
    assertEquals(2, run("backup", saved.resolve("notes.txt").toString()), captured.err());
  }

  @Test
  void aClusterOfAnotherNameIsRefusedUnlessAskedFor() throws IOException {
    Files.createDirectories(saved);
    ForeignBackup.write(saved, "elsewhere", "from elsewhere");
    assertEquals(1, run("restore", saved.toString()));
    assertTrue(captured.err().contains("of cluster 'elsewhere'"), captured.err());
    assertEquals(0, run("restore", saved.toString(), "--other-cluster"), captured.err());
    assertEquals(0, run("get", "from elsewhere"));
  }

  @Test
  void nobodyThereIsNotDone() {
    assertEquals(
        3, captured.run("backup", saved.toString(), "-e", "http://localhost:1", "--patience", "0"));
    assertTrue(captured.err().contains("cannot be reached"), captured.err());
  }

  private void interrupt() throws IOException {
    JsonNode manifest = new ObjectMapper().readTree(saved.resolve("manifest.json").toFile());
    Files.delete(saved.resolve("manifest.json"));
    Files.writeString(
        saved.resolve("begun.json"),
        """
        {"cluster": "small", "clusterId": "%s", "partitions": 256, "epoch": 1, "begun": "%s"}
        """
            .formatted(manifest.path("clusterId").asText(), manifest.path("begun").asText()));
  }

  private List<Path> recordFiles() throws IOException {
    return list(".records");
  }

  /// Lets a restore begin anew.
  private void forget() throws IOException {
    for (Path file : list(".json")) {
      if (file.getFileName().toString().startsWith("restore-")) {
        Files.delete(file);
      }
    }
  }

  private List<Path> list(String ending) throws IOException {
    try (Stream<Path> all = Files.list(saved)) {
      return List.copyOf(
          new TreeSet<>(all.filter(file -> file.toString().endsWith(ending)).toList()));
    }
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-e", endpoint()));
    return captured.run(all.toArray(String[]::new));
  }

  private static String endpoint() {
    return "http://localhost:" + RestAssured.port;
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(captured.out().getBytes(StandardCharsets.UTF_8));
  }
}
