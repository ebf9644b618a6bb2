package io.trefoil.api;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.runtime.Readiness;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an orchestrator asks: docs/http.md, "Health".
@QuarkusTest
@TestProfile(FakeNode.class)
class HealthChecksTest extends ApiTest {

  private static final String READY = "checks.find { it.name == 'ring-stabilization' }";

  @Test
  void aReadyNodeIsReadyAndSaysWhy() {
    request()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body(READY + ".status", equalTo("UP"))
        .body(READY + ".data.reason", equalTo("The node is ready."))
        .body(READY + ".data.epoch", equalTo(7));
  }

  @Test
  void aNodeThatWaitsIsNotReadyAndSaysForWhom() {
    node.show(
        new Readiness(
            false,
            "Waiting for seeds.",
            Map.of("epoch", 0L, "waitingFor", "10.0.0.2:7400", "heard", 1, "latched", false)));
    request()
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body(READY + ".status", equalTo("DOWN"))
        .body(READY + ".data.reason", equalTo("Waiting for seeds."))
        .body(READY + ".data.waitingFor", equalTo("10.0.0.2:7400"))
        .body(READY + ".data.heard", equalTo(1))
        .body(READY + ".data.latched", equalTo(false));
  }

  @Test
  void aLoopThatTurnsIsLive() {
    request()
        .get("/q/health/live")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'node-loop' }.status", equalTo("UP"));
  }

  @Test
  void aNodeThatKnowsWhoItIsHasStarted() {
    request()
        .get("/q/health/started")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'node-started' }.data.node", equalTo("node-a"))
        .body("checks.find { it.name == 'node-started' }.data.id", equalTo("000000000000000a"));
  }
}
