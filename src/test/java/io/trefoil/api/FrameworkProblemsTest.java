package io.trefoil.api;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the framework refuses is told as the store tells it.
@QuarkusTest
@TestProfile(FakeNode.class)
class FrameworkProblemsTest extends ApiTest {

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/", "/v1/nothing", "/v1/kvx", "/v1/kv:batch", "/v1/cluster/x"})
  void aPathThatIsNotThereIsNoSuchPath(String path) {
    assertProblem(request().get(path).then(), 404, "no-such-path", "none")
        .body("detail", containsString("'" + path + "'"));
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, /v1/kv/k, GET",
    "TRACE, /v1/kv/k, PUT",
    "POST, /v1/cluster, GET",
    "DELETE, /v1/cluster/keys/k, GET"
  })
  void aMethodThatIsNotTakenIsNotAllowed(String method, String path, String allowed) {
    assertProblem(request().request(method, path).then(), 405, "method-not-allowed", "none")
        .header("Allow", containsString(allowed));
  }

  @Test
  void jsonIsTheOnlyFormOfTheCluster() {
    node.show(Views.CLUSTER);
    assertProblem(
        request().accept("text/html").get("/v1/cluster").then(), 406, "not-acceptable", "none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json", "image/png;q=0", "garbage", "", ",,"})
  void aValueComesAsItIsWhateverIsAccepted(String accept) {
    put("k", "v");
    request().header("Accept", accept).get("/v1/kv/k").then().statusCode(200);
    request().header("Accept", accept).body("w".getBytes()).put("/v1/kv/k").then().statusCode(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing/%zz", "/v1/%zz", "/q/health?a=%zz"})
  void aMalformedTargetIsABadRequestAnywhere(String target) throws IOException {
    RawHttp.Answer answer = RawHttp.exchange("GET", target);
    assertEquals(400, answer.status());
    assertEquals("bad-request", answer.problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"//v1/kv/k", "/v1/k%76/k", "/v1//kv/k", "/x/../v1/kv/k"})
  void aPathThatOnlyNormalisesToAKeyNamesNone(String target) throws IOException {
    RawHttp.Answer answer = RawHttp.exchange("GET", target);
    assertEquals(404, answer.status(), answer::text);
    assertEquals("no-such-path", answer.problem());
    assertTrue(node.requests().isEmpty());
  }
}
