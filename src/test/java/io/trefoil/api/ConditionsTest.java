package io.trefoil.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditional requests: docs/http.md, "Conditions".
@QuarkusTest
@TestProfile(FakeNode.class)
class ConditionsTest extends ApiTest {

  @Test
  void ifMatchStarUpdatesWhatIsThere() {
    refused(request().header("If-Match", "*").body("v").put("/v1/kv/k").then());
    put("k", "v");
    request().header("If-Match", "*").body("w").put("/v1/kv/k").then().statusCode(204);
    request().get("/v1/kv/k").then().body(equalTo("w"));
  }

  @Test
  void ifMatchOfATagComparesAndSets() {
    String first = put("k", "v");
    String second =
        request()
            .header("If-Match", first)
            .body("w")
            .put("/v1/kv/k")
            .then()
            .statusCode(204)
            .extract()
            .header("ETag");
    refused(request().header("If-Match", first).body("x").put("/v1/kv/k").then())
        .header("ETag", second)
        .body("version", equalTo(second.replace("\"", "")));
    request().get("/v1/kv/k").then().body(equalTo("w"));
  }

  @Test
  void ifMatchOfSeveralTagsHoldsForAnyOfThem() {
    String first = put("k", "v");
    String second = put("k", "w");
    request()
        .header("If-Match", first + " ,\t" + second)
        .body("x")
        .put("/v1/kv/k")
        .then()
        .statusCode(204);
    refused(request().header("If-Match", first + "," + second).body("y").put("/v1/kv/k").then());
  }

  @Test
  void aChainOfComparedSetsLosesNothing() {
    String tag = put("k", "0");
    for (int i = 1; i <= 20; i++) {
      String now = String.valueOf(i);
      refused(request().header("If-Match", "\"7.0.a.ffff\"").body(now).put("/v1/kv/k").then());
      tag =
          request()
              .header("If-Match", tag)
              .body(now)
              .put("/v1/kv/k")
              .then()
              .statusCode(204)
              .extract()
              .header("ETag");
    }
    assertEquals("20", request().get("/v1/kv/k").asString());
  }

  @Test
  void aTagThatThisStoreNeverGaveMatchesNothing() {
    put("k", "v");
    refused(request().header("If-Match", "\"somebody else's\"").body("w").put("/v1/kv/k").then());
    refused(request().header("If-Match", "\"\"").delete("/v1/kv/k").then());
    refused(request().header("If-Match", "\"abc\"").body("w").put("/v1/kv/absent").then());
    request().get("/v1/kv/k").then().body(equalTo("v"));
  }

  @Test
  void ifNoneMatchStarCreates() {
    request().header("If-None-Match", "*").body("v").put("/v1/kv/k").then().statusCode(201);
    refused(request().header("If-None-Match", "*").body("w").put("/v1/kv/k").then());
    request().get("/v1/kv/k").then().body(equalTo("v"));
  }

  @Test
  void deleteTakesIfMatch() {
    refused(request().header("If-Match", "*").delete("/v1/kv/k").then());
    String first = put("k", "v");
    String second = put("k", "w");
    refused(request().header("If-Match", first).delete("/v1/kv/k").then()).header("ETag", second);
    request().header("If-Match", second).delete("/v1/kv/k").then().statusCode(204);
    request().get("/v1/kv/k").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "\"abc",
        "abc\"",
        "'abc'",
        "\"a\"b",
        "\"a\" \"b",
        ",",
        "",
        "*, \"a\"",
        "W/"
      })
  void aGarbledTagIsABadRequest(String garbled) {
    put("k", "v");
    badRequest("PUT", "If-Match", garbled);
    badRequest("DELETE", "If-Match", garbled);
    badRequest("GET", "If-None-Match", garbled);
    request().get("/v1/kv/k").then().body(equalTo("v"));
  }

  @Test
  void aWeakTagNeverMatchesSoItIsABadRequest() {
    String tag = put("k", "v");
    badRequest("PUT", "If-Match", "W/" + tag).body("detail", containsString("weak"));
    badRequest("DELETE", "If-Match", tag + ", W/\"x\"").body("detail", containsString("weak"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, If-Match, *",
    "POST, If-None-Match, *",
    "DELETE, If-None-Match, *",
    "GET, If-Match, *",
    "HEAD, If-Match, *",
    "PUT, If-None-Match, '\"1.2.3.4\"'",
    "PUT, If-Unmodified-Since, 'Sun, 22 Nov 2026 19:30:00 GMT'",
  })
  void aConditionThatWouldBeIgnoredIsABadRequest(String method, String header, String value) {
    var answer = request().header(header, value).request(method, "/v1/kv/k").then().statusCode(400);
    if (!method.equals("HEAD")) {
      assertProblem(answer, 400, "bad-request", "none").body("detail", containsString(header));
    }
    assertEquals(0, node.requests().size());
  }

  @Test
  void contradictingConditionsAreABadRequest() {
    var answer =
        request().header("If-Match", "*").header("If-None-Match", "*").body("v").put("/v1/kv/k");
    assertProblem(answer.then(), 400, "bad-request", "none")
        .body("detail", containsString("contradict"));
  }

  private static ValidatableResponse refused(ValidatableResponse answer) {
    return assertProblem(answer, 412, "precondition-failed", "refused");
  }

  private ValidatableResponse badRequest(String method, String header, String value) {
    var answer = request().header(header, value).request(method, "/v1/kv/k");
    return assertProblem(answer.then(), 400, "bad-request", "none")
        .body("detail", containsString(header));
  }
}
