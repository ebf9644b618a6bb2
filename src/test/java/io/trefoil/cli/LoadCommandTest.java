package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.StandInStore.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {

  private final Captured captured = new Captured();
  private StandInStore store;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    store = new StandInStore();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void everyRecordIsWrittenAndReadBackEqual() throws IOException {
    Path file = records(500);
    assertEquals(0, run(file, "--verify", "--json"), captured.err());
    assertEquals(500, json().path("written").path("written").asInt());
    assertEquals(500, json().path("equal").path("equal").asInt());
    assertEquals(500, store.values().size());
    assertArrayEquals(bytes("value 499"), store.values().get("/v1/kv/key%20499"));
    assertEquals("", captured.err());
  }

  @Test
  void recordsMayComeOnStandardInput() {
    Captured piped = new Captured(bytes("a\t1\nb\t2\n"));
    assertEquals(0, piped.run("load", "-", "--verify", "-e", store.endpoint()), piped.err());
    assertEquals(Set.of("/v1/kv/a", "/v1/kv/b"), store.values().keySet());
  }

  @Test
  void recordsAreSpreadOverTheNodes() throws IOException {
    try (StandInStore second = new StandInStore()) {
      Path file = records(10);
      String both = store.endpoint() + "," + second.endpoint();
      assertEquals(0, captured.run("load", file.toString(), "-e", both));
      assertEquals(5, store.values().size());
      assertEquals(5, second.values().size());
    }
  }

  @Test
  void whatWasNotDoneIsTriedAgainAtTheNextNode() throws IOException {
    String away;
    try (StandInStore gone = new StandInStore()) {
      away = gone.endpoint();
    }
    Path file = records(20);
    String both = away + "," + store.endpoint();
    assertEquals(0, captured.run("load", file.toString(), "-e", both, "--json"), captured.err());
    assertEquals(20, store.values().size());
    assertEquals(10, json().path("written").path("repetitions").asInt());
  }

  @Test
  void whatWasNotDoneIsTriedAgainAfterAPause() throws IOException {
    store.next(Reply.problem(503, "quorum-unavailable", "none", "No quorum."));
    store.next(Reply.problem(429, "overloaded", "none", "Too much."));
    assertEquals(0, run(records(1), "--json"), captured.err());
    assertEquals(2, json().path("written").path("repetitions").asInt());
  }

  @Test
  void whatIsNeverDoneIsToldWithItsReasonWhenPatienceEnds() throws IOException {
    for (int i = 0; i < 3; i++) {
      store.next(Reply.problem(503, "quorum-unavailable", "none", "No quorum."));
    }
    assertEquals(3, run(records(3), "--patience", "0", "--clients", "1"));
    assertTrue(captured.out().contains("3 none:\n  line 1 (key 0): No quorum.\n"), captured.out());
  }

  @Test
  void whatMayHaveBeenDoneIsLeftAloneUnlessTold() throws IOException {
    store.next(Reply.problem(503, "outcome-unknown", "unknown", "Nobody knows."));
    assertEquals(4, run(records(1)));
    assertTrue(captured.out().contains("1 unknown:\n  line 1 (key 0): Nobody knows.\n"));
    assertEquals(1, store.requests().size());
    store.next(Reply.none());
    assertEquals(0, run(records(1), "--repeat-unknown"));
    assertEquals(3, store.requests().size());
  }

  @Test
  void whatANodeRefusesIsNotTriedAgain() throws IOException {
    store.next(Reply.problem(413, "value-too-large", "none", "Too large."));
    assertEquals(1, run(records(1)));
    assertTrue(captured.out().contains("1 refused:\n  line 1 (key 0): Too large.\n"));
    assertEquals(1, store.requests().size());
  }

  @Test
  void malformedLinesAreToldAndTheOthersWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "a\t1\nno tab here\nb\t2\n");
    assertEquals(1, run(file));
    assertEquals(Set.of("/v1/kv/a", "/v1/kv/b"), store.values().keySet());
    assertTrue(captured.out().startsWith("2 records written in "), captured.out());
    assertTrue(captured.out().contains("1 malformed:\n  line 2: there is no tab"));
  }

  @Test
  void verifyingTellsWhatIsMissingAndWhatDiffers() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "a\tone\nb\ttwo\nc\tthree\n");
    store.values().put("/v1/kv/a", bytes("one"));
    store.values().put("/v1/kv/b", bytes("tWo"));
    assertEquals(1, run(file, "--verify-only"));
    assertTrue(captured.out().startsWith("1 records equal in "), captured.out());
    assertTrue(captured.out().contains("1 missing:\n  line 3 (c): it has no value\n"));
    assertTrue(
        captured.out().contains("tells 3 bytes, the file has 3; they differ from byte 1 on"));
    assertTrue(store.requests().stream().allMatch(request -> request.startsWith("GET ")));
  }

  @Test
  void theKeysAcknowledgedAreWrittenDownAndCanBeVerifiedAlone() throws IOException {
    store.next(Reply.problem(503, "outcome-unknown", "unknown", "Nobody knows."));
    Path file = records(10);
    Path keys = folder.resolve("acknowledged");
    assertEquals(4, run(file, "--clients", "1", "--acknowledged", keys.toString()));
    List<String> expected = new ArrayList<>();
    for (int i = 1; i < 10; i++) {
      expected.add("key " + i);
    }
    assertEquals(new TreeSet<>(expected), new TreeSet<>(Files.readAllLines(keys)));
    assertEquals(0, run(file, "--verify-only", "--only", keys.toString()));
    assertTrue(captured.out().startsWith("9 records equal in "), captured.out());
  }

  private int run(Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("load", file.toString()));
    arguments.addAll(List.of("--endpoint", store.endpoint()));
    arguments.addAll(List.of(more));
    return captured.run(arguments.toArray(String[]::new));
  }

  private Path records(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("key " + i + "\tvalue " + i);
    }
    return Files.write(folder.resolve("records"), lines);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(captured.out());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
