package io.trefoil.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.NotDone;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.core.model.Outcome.Reason.Contended;
import io.trefoil.core.model.Outcome.Reason.Forgotten;
import io.trefoil.core.model.Outcome.Reason.NoQuorum;
import io.trefoil.core.model.Outcome.Reason.NotReady;
import io.trefoil.core.model.Outcome.Reason.Overloaded;
import io.trefoil.core.model.Outcome.Unknown;
import io.trefoil.runtime.FakeFacade;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every end of an operation that is not plain success, as its client sees it: docs/http.md,
/// "Errors".
@QuarkusTest
@TestProfile(FakeNode.class)
class OutcomesTest extends ApiTest {

  private static final NodeId STRANGER = new NodeId(0xc);
  private static final Reason NO_QUORUM = new NoQuorum(List.of(FakeFacade.PEER, STRANGER));

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "POST", "DELETE"})
  void withoutAQuorumNothingIsDoneAndTheMissingAreNamed(String method) {
    node.show(Views.CLUSTER);
    assertProblem(ending(method, new NotDone(NO_QUORUM)), 503, "quorum-unavailable", "none")
        .header("Retry-After", "1")
        .body("missing", contains("node-b", STRANGER.toString()));
  }

  @Test
  void theMissingAreNamedByIdWhereNobodyKnowsTheirNames() {
    Reason strangers = new NoQuorum(List.of(STRANGER));
    assertProblem(ending("PUT", new NotDone(strangers)), 503, "quorum-unavailable", "none")
        .body("missing", contains(STRANGER.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "DELETE"})
  void aWriteThatMayHaveBeenDoneIsUnknown(String method) {
    for (Reason reason : List.of(new Contended(), new Forgotten(), new NotReady())) {
      assertProblem(ending(method, new Unknown(reason)), 503, "outcome-unknown", "unknown")
          .header("Retry-After", nullValue())
          .body("detail", containsString("may or may not"))
          .body("missing", nullValue());
    }
    assertProblem(ending(method, new Unknown(NO_QUORUM)), 503, "outcome-unknown", "unknown")
        .body("missing.size()", equalTo(2));
  }

  @Test
  void aReadWithoutAnAnswerChangedNothing() {
    assertProblem(ending("GET", new Unknown(new Forgotten())), 503, "quorum-unavailable", "none")
        .header("Retry-After", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "POST", "DELETE"})
  void anOverloadedNodeSaysWhenToTryAgain(String method) {
    assertProblem(ending(method, new NotDone(new Overloaded())), 429, "overloaded", "none")
        .header("Retry-After", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "POST", "DELETE"})
  void aNodeWithoutAMapIsNotReady(String method) {
    assertProblem(ending(method, new NotDone(new NotReady())), 503, "not-ready", "none")
        .header("Retry-After", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "POST", "DELETE"})
  void aContendedOperationIsNotDone(String method) {
    assertProblem(ending(method, new NotDone(new Contended())), 503, "contended", "none")
        .header("Retry-After", "1");
    assertProblem(ending(method, new NotDone(new Forgotten())), 503, "contended", "none");
  }

  @Test
  void headTellsTheStatusAlone() {
    node.next(new NotDone(NO_QUORUM));
    request().head("/v1/kv/k").then().statusCode(503).header("Retry-After", "1");
  }

  @Test
  void aFailureOfTheProgramIsUnknownForAWriteAndNothingForARead() {
    Outcome impossible = new Outcome.Inspected(List.of());
    assertProblem(ending("PUT", impossible), 500, "internal-error", "unknown");
    assertProblem(ending("DELETE", impossible), 500, "internal-error", "unknown");
    assertProblem(ending("GET", impossible), 500, "internal-error", "none")
        .body("detail", containsString("log"));
  }

  @Test
  void aFailedReadOrWriteLeavesTheNextAlone() {
    ending("PUT", new Unknown(NO_QUORUM)).statusCode(503);
    put("k", "v");
    assertEquals("v", request().get("/v1/kv/k").asString());
  }

  private ValidatableResponse ending(String method, Outcome outcome) {
    node.next(outcome);
    return request().request(method, "/v1/kv/k").then();
  }
}
