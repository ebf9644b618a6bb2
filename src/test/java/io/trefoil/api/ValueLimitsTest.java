package io.trefoil.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Values at and over their limits, announced and not: docs/http.md, "Values".
@QuarkusTest
@TestProfile(FakeNode.class)
class ValueLimitsTest extends ApiTest {

  private static final int MAX = 1 << 20;
  private static final String GET = "GET /v1/kv/k HTTP/1.1\r\nHost: test\r\n\r\n";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_192, MAX - 1, MAX})
  void aValueRoundTripsByteByByte(int length) {
    byte[] value = bytes(length);
    request().body(value).put("/v1/kv/k").then().statusCode(204);
    byte[] back =
        request()
            .get("/v1/kv/k")
            .then()
            .statusCode(200)
            .header("Content-Length", String.valueOf(length))
            .extract()
            .asByteArray();
    assertArrayEquals(value, back);
    request().head("/v1/kv/k").then().header("Content-Length", String.valueOf(length));
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX + 1, 3 * MAX, 20 * MAX})
  void aLargerValueIsRefusedAndChangesNothing(int length) {
    put("k", "old");
    byte[] value = bytes(length);
    assertProblem(request().body(value).put("/v1/kv/k").then(), 413, "value-too-large", "none");
    assertProblem(request().body(value).post("/v1/kv/new").then(), 413, "value-too-large", "none");
    request().get("/v1/kv/k").then().body(Matchers.equalTo("old"));
    request().get("/v1/kv/new").then().statusCode(404);
  }

  @Test
  void aValueOfUnknownLengthRoundTrips() throws IOException {
    byte[] value = bytes(MAX);
    try (var http = new RawHttp()) {
      sendChunked(http, value);
      assertEquals(204, http.receive().status());
      http.send(GET);
      assertArrayEquals(value, http.receive().body());
    }
  }

  @Test
  void aLargerValueOfUnknownLengthIsRefusedAndTheConnectionGoesOn() throws IOException {
    try (var http = new RawHttp()) {
      sendChunked(http, bytes(MAX + 1));
      assertEquals("value-too-large", http.receive().problem());
      sendChunked(http, bytes(5 * MAX));
      assertEquals("value-too-large", http.receive().problem());
      http.send(GET);
      assertEquals(404, http.receive().status());
    }
  }

  @Test
  void aLargerValueOfKnownLengthIsRefusedAndTheConnectionGoesOn() throws IOException {
    try (var http = new RawHttp()) {
      http.send(putHead("k", 3 * MAX));
      http.send(bytes(3 * MAX));
      assertEquals("value-too-large", http.receive().problem());
      http.send(GET);
      assertEquals(404, http.receive().status());
    }
  }

  @Test
  void aRefusedRequestsBodyIsNotTakenForTheNextRequest() throws IOException {
    try (var http = new RawHttp()) {
      http.send(putHead("%zz", MAX));
      http.send(bytes(MAX));
      assertEquals("bad-key", http.receive().problem());
      http.send(putHead("k?what", MAX));
      http.send(bytes(MAX));
      assertEquals("bad-request", http.receive().problem());
      http.send("DELETE /v1/kv/k HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\n\r\nabc");
      assertEquals("not-found", http.receive().problem());
      http.send(GET);
      assertEquals("not-found", http.receive().problem());
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (var http = new RawHttp()) {
      http.send(putHead("k", 3) + "one" + GET + putHead("k", 3) + "two" + GET);
      assertEquals(204, http.receive().status());
      assertEquals("one", http.receive().text());
      assertEquals(204, http.receive().status());
      assertEquals("two", http.receive().text());
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOnOrNotTo() throws IOException {
    try (var http = new RawHttp()) {
      http.send(expecting(3));
      assertEquals(100, http.receive().status());
      http.send("abc");
      assertEquals(204, http.receive().status());
      http.send(expecting(MAX + 1));
      assertEquals("value-too-large", http.receive().problem());
    }
    request().get("/v1/kv/k").then().body(Matchers.equalTo("abc"));
  }

  @Test
  void aValueThatBreaksOffIsNotStored() throws IOException {
    put("k", "old");
    try (var http = new RawHttp()) {
      http.send(putHead("k", 10) + "abc");
    }
    request().get("/v1/kv/k").then().body(Matchers.equalTo("old"));
    assertEquals(2, node.requests().size());
  }

  @Test
  void aContentTypeIsKeptAsItIsWhateverItIs() throws IOException {
    assertEquals(204, putAs("Content-Type: not a media type").status());
    request().get("/v1/kv/k").then().header("Content-Type", "not a media type");
    assertEquals(204, putAs("Content-Type: ").status());
    request().get("/v1/kv/k").then().header("Content-Type", "application/octet-stream");
  }

  @Test
  void aValueHasOneShortContentTypeAndNoEncoding() throws IOException {
    assertEquals("bad-request", putAs("Content-Type: a/b\r\nContent-Type: c/d").problem());
    assertEquals(204, putAs("Content-Type: " + "x".repeat(255)).status());
    assertEquals("bad-request", putAs("Content-Type: " + "x".repeat(256)).problem());
    assertEquals(204, putAs("Content-Encoding: identity").status());
    assertEquals("unsupported-media-type", putAs("Content-Encoding: gzip").problem());
  }

  private static RawHttp.Answer putAs(String header) throws IOException {
    try (var http = new RawHttp()) {
      http.send("PUT /v1/kv/k HTTP/1.1\r\nHost: test\r\n" + header + "\r\n\r\n");
      return http.receive();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String putHead(String key, int length) {
    return "PUT /v1/kv/%s HTTP/1.1\r\nHost: test\r\nContent-Length: %d\r\n\r\n"
        .formatted(key, length);
  }

  private static String expecting(int length) {
    return putHead("k", length).replace("Host", "Expect: 100-continue\r\nHost");
  }

  private static void sendChunked(RawHttp http, byte[] value) throws IOException {
    http.send("PUT /v1/kv/k HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
    int half = value.length / 2;
    for (byte[] chunk :
        List.of(Arrays.copyOf(value, half), Arrays.copyOfRange(value, half, value.length))) {
      http.send(Integer.toHexString(chunk.length) + "\r\n");
      http.send(chunk);
      http.send("\r\n");
    }
    http.send("0\r\n\r\n");
  }
}
