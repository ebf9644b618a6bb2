package io.trefoil;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthTest {

  @Test
  void aStartedProcessIsLive() {
    get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
  }
}
