package io.trefoil.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Value;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How keys are named, in requests sent byte by byte: docs/http.md, "Keys".
@QuarkusTest
@TestProfile(FakeNode.class)
class KeyTargetTest extends ApiTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "/v1/kv/plain -> plain",
        "/v1/kv/a/b/c -> a/b/c",
        "/v1/kv/a%2Fb -> a/b",
        "/v1/kv/a%2F%2Fb -> a//b",
        "/v1/kv/a%2F..%2Fb -> a/../b",
        "/v1/kv/%61%2D -> a-",
        "/v1/kv/a+b -> a+b",
        "/v1/kv/a%2Bb -> a+b",
        "/v1/kv/a%20b -> a b",
        "/v1/kv/%25 -> %",
        "/v1/kv/%2525 -> %25",
        "/v1/kv/:: -> ::",
        "/v1/kv/: -> :",
        "/v1/kv/a;b=c/d -> a;b=c/d",
        "/v1/kv/a&b=c@d!$'(),* -> a&b=c@d!$'(),*",
        "/v1/kv/{a|b}^`\\\" -> {a|b}^`\\\"",
        "/v1/kv/... -> ...",
        "/v1/kv/a.b/.c/d. -> a.b/.c/d.",
        "/v1/kv/%3Fa%23b -> ?a#b",
        "/v1/kv/gr%C3%BC%C3%9Fe -> grüße",
        "/v1/kv/%F0%9F%92%A9 -> \uD83D\uDCA9",
        "http://elsewhere/v1/kv/absolute -> absolute",
        "/v1/kv?key=. -> .",
        "/v1/kv?key=.. -> ..",
        "/v1/kv?key=a/../b -> a/../b",
        "/v1/kv?key=/ -> /",
        "/v1/kv?key=a/ -> a/",
        "/v1/kv?key=a//b -> a//b",
        "/v1/kv?key=a+b -> a b",
        "/v1/kv?key=a%2Bb%26c%3Dd -> a+b&c=d",
        "/v1/kv?key=a=b?c -> a=b?c",
      })
  void aTargetNamesThisKeyAndNoOther(String target, String key) throws IOException {
    assertEquals(404, RawHttp.exchange("GET", target).status());
    assertEquals(key, node.requests().getFirst().operation().key().text());
  }

  @Test
  void controlCharactersAreKeysLikeOthers() throws IOException {
    RawHttp.exchange("GET", "/v1/kv/a%00%0A%0D%7F%09");
    assertEquals("a\0\n\r\u007f\t", node.requests().getFirst().operation().key().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/kv/%",
        "/v1/kv/a%2",
        "/v1/kv/%zz",
        "/v1/kv/%+1",
        "/v1/kv/%u0041",
        "/v1/kv/%ff",
        "/v1/kv/%C3",
        "/v1/kv/%C3/%BC",
        "/v1/kv/%C0%AF",
        "/v1/kv/%ED%A0%80",
        "/v1/kv/%F5%80%80%80",
        "/v1/kv/gr\u00fc\u00df",
        "/v1/kv/a\u007f",
        "/v1/kv/a#b",
        "/v1/kv/",
        "/v1/kv/a/",
        "/v1/kv//",
        "/v1/kv//a",
        "/v1/kv/a//b",
        "/v1/kv/.",
        "/v1/kv/..",
        "/v1/kv/./a",
        "/v1/kv/a/../b",
        "/v1/kv/a/../../cluster",
        "/v1/kv/%2e",
        "/v1/kv/%2E%2e/b",
        "/v1/kv?key=",
        "/v1/kv?key=%zz",
        "/v1/kv?key=%ff",
      })
  void whatIsNoKeyIsABadKey(String target) throws IOException {
    for (String method : List.of("GET", "PUT", "POST", "DELETE")) {
      RawHttp.Answer answer = RawHttp.exchange(method, target);
      assertEquals(400, answer.status(), answer::text);
      assertEquals("bad-key", answer.problem());
      assertEquals("application/problem+json", answer.headers().get("content-type"));
      assertEquals("node-a", answer.headers().get("trefoil-coordinator"));
      assertEquals("7", answer.headers().get("trefoil-epoch"));
    }
    assertEquals(400, RawHttp.exchange("HEAD", target).status());
    assertEquals(List.of(), node.requests());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/kv, Name a key",
    "/v1/kv/a?key=b, twice",
    "/v1/kv?key=a&key=b, twice",
    "/v1/kv?prefix=a, is for listing",
    "/v1/kv?limit=1, is for listing",
    "/v1/kv/what?now, %3F",
    "/v1/kv/a?consistency=some, it can be",
    "/v1/kv/a?consistency=, it can be",
    "/v1/kv/a?consistency=one&consistency=one, twice",
  })
  void aQueryThatMeansNothingIsABadRequest(String target, String sentence) throws IOException {
    RawHttp.Answer answer = RawHttp.exchange("GET", target);
    assertEquals(400, answer.status(), answer::text);
    assertEquals("bad-request", answer.problem());
    assertTrue(answer.text().contains(sentence), answer::text);
    assertEquals(List.of(), node.requests());
  }

  @Test
  void aWriteKnowsNoConsistency() {
    assertProblem(request().put("/v1/kv/a?consistency=one").then(), 400, "bad-request", "none")
        .body("detail", containsString("consistency"));
  }

  @Test
  void aKeyHasAtMost512Bytes() throws IOException {
    for (String unit : List.of("x", "%20", "%78")) {
      assertEquals(404, RawHttp.exchange("GET", "/v1/kv/" + unit.repeat(512)).status());
      RawHttp.Answer answer = RawHttp.exchange("GET", "/v1/kv/" + unit.repeat(513));
      assertEquals("bad-key", answer.problem());
      assertTrue(answer.text().contains("513 bytes"), answer::text);
    }
    assertEquals(404, RawHttp.exchange("GET", "/v1/kv/" + "%C3%BC".repeat(256)).status());
    assertEquals("bad-key", RawHttp.exchange("GET", "/v1/kv/" + "%C3%BC".repeat(257)).problem());
    assertEquals("bad-key", RawHttp.exchange("GET", "/v1/kv/" + "%00".repeat(4_000)).problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/b", "a//b", "/", ".", "a/../b", "a b+c", "ü/\uD83D\uDCA9", "\0%?#"})
  void theLocationOfACreatedKeyLeadsBackToIt(String key) throws IOException {
    String target = "/v1/kv?key=" + PercentCoding.encode(key);
    RawHttp.Answer created = RawHttp.exchange("POST", target);
    assertEquals(201, created.status(), created::text);
    RawHttp.Answer found = RawHttp.exchange("GET", created.headers().get("location"));
    assertEquals(200, found.status());
    assertEquals(new Key(key), node.requests().getLast().operation().key());
  }

  @Test
  void valuesUnderHostileKeysRoundTrip() {
    List<String> keys = List.of("::", ":", "%25", "%00", "%E2%98%98", "k".repeat(512));
    keys.forEach(key -> put(key, "value of " + key));
    keys.forEach(
        key ->
            request()
                .get("/v1/kv/" + key)
                .then()
                .statusCode(200)
                .contentType(Value.OCTETS)
                .body(equalTo("value of " + key)));
  }
}
