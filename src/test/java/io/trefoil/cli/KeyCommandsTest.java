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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCommandsTest {

  private static final byte[] NO_TEXT = {0, (byte) 0xff, '\n', (byte) 0xc3};

  /// Java's client itself sends a read again when a connection breaks.
  private static final int MORE_THAN_JAVA_REPEATS_A_READ = 10;

  private final Captured captured = new Captured();
  private StandInStore store;

  @BeforeEach
  void start() throws IOException {
    store = new StandInStore();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void putSendsTheTextGiven() {
    assertEquals(0, run("put", "a", "grüße"));
    assertArrayEquals("grüße".getBytes(StandardCharsets.UTF_8), store.values().get("/v1/kv/a"));
    assertEquals("written a, ETag v1\n", captured.out());
  }

  @Test
  void putSendsAFileByteForByte(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("value"), NO_TEXT);
    assertEquals(0, run("put", "a", "--file", file.toString()));
    assertArrayEquals(NO_TEXT, store.values().get("/v1/kv/a"));
  }

  @Test
  void putTakesStandardInputWhenNoValueIsNamed() {
    Captured typed = new Captured(NO_TEXT);
    assertEquals(0, typed.run("put", "a", "-e", store.endpoint()));
    assertArrayEquals(NO_TEXT, store.values().get("/v1/kv/a"));
  }

  @Test
  void anEmptyValueIsAValue() {
    assertEquals(0, run("put", "a", ""));
    assertEquals(0, store.values().get("/v1/kv/a").length);
    assertEquals(0, run("get", "a"));
    assertEquals("", captured.out());
  }

  @Test
  void conditionsAndMediaTypeTravelAsHeaders() {
    run("put", "a", "1", "--if-none-match", "*", "--content-type", "text/plain");
    assertEquals("created a, ETag v1\n", captured.out());
    run("put", "a", "2", "--if-match", "v1");
    run("delete", "a", "--if-match", "\"v1\"");
    assertEquals(
        List.of(
            "PUT /v1/kv/a If-None-Match=* Content-Type=text/plain",
            "PUT /v1/kv/a If-Match=\"v1\"",
            "DELETE /v1/kv/a If-Match=\"v1\""),
        store.requests());
  }

  @Test
  void getPrintsTheBytesAndNothingElse() {
    store.values().put("/v1/kv/a", NO_TEXT);
    assertEquals(0, run("get", "a"));
    assertArrayEquals(NO_TEXT, captured.outBytes());
    assertEquals("", captured.err());
  }

  @Test
  void getAsksForTheNearestCopyWhenTold() {
    store.values().put("/v1/kv/a?consistency=one", NO_TEXT);
    store.values().put("/v1/kv?key=..&consistency=one", NO_TEXT);
    assertEquals(0, run("get", "a", "--consistency", "one"));
    assertEquals(0, run("get", "..", "--consistency", "ONE"));
  }

  @Test
  void getTellsProgramsTheVersionAndTheText() throws IOException {
    store.values().put("/v1/kv/a", "x\ny".getBytes(StandardCharsets.UTF_8));
    assertEquals(0, run("get", "a", "--json"));
    JsonNode json = json();
    assertEquals("x\ny", json.path("value").asText());
    assertEquals("v1", json.path("etag").asText());
    assertEquals("text/plain", json.path("contentType").asText());
    assertEquals("node-1", json.path("coordinator").asText());
  }

  @Test
  void getTellsProgramsBytesThatAreNoTextInBase64() throws IOException {
    store.values().put("/v1/kv/a", NO_TEXT);
    assertEquals(0, run("get", "a", "--json"));
    assertArrayEquals(NO_TEXT, json().path("valueBase64").binaryValue());
    assertTrue(json().path("value").isMissingNode());
  }

  @Test
  void deleteSaysWhatItDid() {
    store.values().put("/v1/kv/a/b", NO_TEXT);
    assertEquals(0, run("delete", "a/b"));
    assertEquals("deleted a/b\n", captured.out());
    assertTrue(store.values().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "404, not-found,           refused, 1",
    "412, precondition-failed, refused, 1",
    "400, bad-key,             none,    2",
    "413, value-too-large,     none,    2",
    "429, overloaded,          none,    3",
    "503, quorum-unavailable,  none,    3",
    "503, outcome-unknown,     unknown, 4"
  })
  void aProblemIsShownAsItsSentenceAndDecidesTheExitCode(
      int status, String name, String outcome, int exitCode) throws IOException {
    store.next(Reply.problem(status, name, outcome, "It is so."));
    assertEquals(exitCode, run("put", "a", "1", "--json"));
    assertEquals("trefoil: It is so. Missing: node-2 node-3.\n", captured.err());
    assertEquals(outcome, json().path("outcome").asText());
    assertEquals(name, json().path("problem").asText());
    assertEquals(status, json().path("status").asInt());
    assertEquals("node-3", json().path("missing").path(1).asText());
  }

  @Test
  void aBrokenWriteIsUnknownAndABrokenReadIsNotDone() {
    store.next(Reply.none());
    assertEquals(4, run("put", "a", "1"));
    assertTrue(captured.err().contains("broke off before it answered"), captured.err());
    for (int i = 0; i < MORE_THAN_JAVA_REPEATS_A_READ; i++) {
      store.next(Reply.none());
    }
    assertEquals(3, run("get", "a"));
  }

  @Test
  void whatIsNoAnswerOfANodeIsSaidToBeSo() {
    store.next(new Reply(502, "text/html", "<h1>Bad gateway</h1>"));
    assertEquals(4, run("put", "a", "1"));
    assertTrue(captured.err().contains("answered 502 and not as a node of Trefoil does"));
    store.next(new Reply(404, "text/html", "<h1>Not here</h1>"));
    assertEquals(2, run("get", "a"));
  }

  @Test
  void aNodeThatIsAwayIsPassedOver() throws IOException {
    String away = freedEndpoint();
    assertEquals(0, captured.run("put", "a", "1", "-e", away + "," + store.endpoint()));
    assertEquals(3, captured.run("get", "a", "-e", away));
    assertEquals("trefoil: " + away + " cannot be reached: nobody listens there\n", captured.err());
  }

  @Test
  void theNextNodeIsAskedOnlyWhenNothingWasDone() throws IOException {
    try (StandInStore second = new StandInStore()) {
      String both = store.endpoint() + "," + second.endpoint();
      store.next(Reply.problem(503, "quorum-unavailable", "none", "No quorum."));
      assertEquals(0, captured.run("put", "a", "1", "-e", both));
      store.next(Reply.problem(503, "outcome-unknown", "unknown", "Nobody knows."));
      assertEquals(4, captured.run("put", "a", "2", "-e", both));
      store.next(Reply.problem(412, "precondition-failed", "refused", "Another version."));
      assertEquals(1, captured.run("put", "a", "3", "-e", both));
      assertEquals(1, second.requests().size());
    }
  }

  private int run(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--endpoint";
    all[arguments.length + 1] = store.endpoint();
    return captured.run(all);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(captured.out());
  }

  private static String freedEndpoint() throws IOException {
    try (StandInStore gone = new StandInStore()) {
      return gone.endpoint();
    }
  }
}
