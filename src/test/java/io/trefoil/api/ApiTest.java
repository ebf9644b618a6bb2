package io.trefoil.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.trefoil.runtime.FakeFacade;
import io.trefoil.runtime.NodeFacade;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/// What the tests of the HTTP layer share: a node of one map in memory, empty at first. Every
/// subclass runs under the profile [FakeNode].
abstract class ApiTest {

  @Inject NodeFacade facade;

  FakeFacade node;

  @BeforeEach
  void emptyNode() {
    node = (FakeFacade) facade;
    node.reset();
  }

  /// A request whose target and media type are sent as written.
  static RequestSpecification request() {
    return given()
        .config(
            RestAssuredConfig.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
        .urlEncodingEnabled(false);
  }

  /// Writes a key, whatever was there, and tells its entity tag.
  static String put(String key, String value) {
    return request()
        .body(value.getBytes())
        .put("/v1/kv/" + key)
        .then()
        .statusCode(204)
        .extract()
        .header("ETag");
  }

  /// Asserts that an answer is the problem of that name in full, under its status and outcome.
  static ValidatableResponse assertProblem(
      ValidatableResponse answer, int status, String name, String outcome) {
    return answer
        .statusCode(status)
        .header("Content-Type", "application/problem+json")
        .header("Trefoil-Coordinator", "node-a")
        .header("Trefoil-Epoch", "7")
        .body("type", equalTo("urn:trefoil:problem:" + name))
        .body("status", equalTo(status))
        .body("title", not(equalTo("")))
        .body("detail", not(equalTo("")))
        .body("outcome", equalTo(outcome));
  }
}
