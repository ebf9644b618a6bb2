package io.trefoil.api;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Request.Ack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a client says how it wants its operation done: docs/http.md, "Headers".
@QuarkusTest
@TestProfile(FakeNode.class)
class PreferencesTest extends ApiTest {

  @Test
  void withoutHeadersTheDefaultsHold() {
    Request request = asked("X-Other", "1");
    assertEquals(Ack.QUORUM, request.ack());
    assertEquals(0, request.idempotency());
    assertEquals(2_000, request.timeoutMillis());
  }

  @ParameterizedTest
  @CsvSource({"1ms, 1", "500ms, 500", "1s, 1000", "2s, 2000", "60s, 60000", "60000ms, 60000"})
  void aTimeoutIsAWholeNumberOfSecondsOrMilliseconds(String text, long millis) {
    assertEquals(millis, asked("Trefoil-Timeout", text).timeoutMillis());
  }

  @Test
  void anAckIsAQuorumOrAll() {
    assertEquals(Ack.QUORUM, asked("Trefoil-Ack", "quorum").ack());
    assertEquals(Ack.ALL, asked("trefoil-ACK", "All").ack());
  }

  @Test
  void theSameIdempotencyKeyIsTheSameOperation() {
    long first = asked("Idempotency-Key", "x").idempotency();
    assertEquals(first, asked("Idempotency-Key", "x").idempotency());
    assertNotEquals(first, asked("Idempotency-Key", "y").idempotency());
    assertNotEquals(0, first);
    assertNotEquals(0, asked("Idempotency-Key", "~ ".repeat(31) + "42").idempotency());
  }

  @ParameterizedTest
  @CsvSource({
    "Trefoil-Timeout, 0ms",
    "Trefoil-Timeout, 0s",
    "Trefoil-Timeout, 60001ms",
    "Trefoil-Timeout, 61s",
    "Trefoil-Timeout, 99999999999999999999s",
    "Trefoil-Timeout, 2",
    "Trefoil-Timeout, -1s",
    "Trefoil-Timeout, 1.5s",
    "Trefoil-Timeout, 1m",
    "Trefoil-Timeout, 2 s",
    "Trefoil-Timeout, ''",
    "Trefoil-Ack, one",
    "Trefoil-Ack, ''",
    "Idempotency-Key, ''",
    "Idempotency-Key, 12345678901234567890123456789012345678901234567890123456789012345",
    "Idempotency-Key, caf\u00e9",
    "Trefoil-TTL, 30s",
    "Trefoil-Timout, 2s",
    "Content-Range, bytes 0-1/2",
  })
  void aHeaderThatCannotBeHonouredIsABadRequest(String header, String value) {
    for (String method : List.of("GET", "PUT", "POST", "DELETE")) {
      var answer = request().header(header, value).request(method, "/v1/kv/k").then();
      assertProblem(answer, 400, "bad-request", "none").body("detail", containsString(header));
    }
    assertEquals(List.of(), node.requests());
  }

  @Test
  void aHeaderGivenTwiceIsABadRequest() {
    for (String header : List.of("Idempotency-Key", "Trefoil-Ack", "Trefoil-Timeout")) {
      var answer = request().header(header, "1s", "1s").put("/v1/kv/k").then();
      assertProblem(answer, 400, "bad-request", "none").body("detail", containsString("2 times"));
    }
  }

  private Request asked(String header, String value) {
    request().header(header, value).put("/v1/kv/k").then().statusCode(204);
    return node.requests().getLast();
  }
}
