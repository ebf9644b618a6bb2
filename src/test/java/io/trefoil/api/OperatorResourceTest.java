package io.trefoil.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.runtime.FakeFacade;
import io.trefoil.runtime.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(FakeNode.class)
class OperatorResourceTest extends ApiTest {

  private static final Verdict NO = new Verdict(Verdict.Kind.REFUSED, "it is needed");
  private static final Verdict SILENT = new Verdict(Verdict.Kind.UNANSWERED, "nobody answers");

  @BeforeEach
  void theClusterIsSeen() {
    node.show(Views.CLUSTER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"decommission", "recommission"})
  void anOrderIsAcceptedAndShowsTheMember(String verb) {
    request()
        .post("/v1/cluster/members/node-b:" + verb)
        .then()
        .statusCode(202)
        .header("Trefoil-Coordinator", "node-a")
        .body("name", equalTo("node-b"))
        .body("standing", equalTo("draining"))
        .body("replicas", equalTo(16));
    assertEquals(List.of(verb + " node-b 8000"), node.commands());
  }

  @ParameterizedTest
  @CsvSource({"decommission,member-needed,409,refused", "prepare-stop,not-safe-to-stop,503,none"})
  void aRefusalSaysWhy(String verb, String problem, int status, String outcome) {
    node.next(NO);
    var answer = request().post("/v1/cluster/members/node-b:" + verb + "?timeout=200ms").then();
    assertProblem(answer, status, problem, outcome).body("detail", equalTo("It is needed."));
    assertEquals(List.of(verb + " node-b 200"), node.commands());
  }

  @Test
  void withoutAStewardNobodyKnows() {
    node.next(SILENT);
    var answer = request().post("/v1/cluster/members/node-b:decommission").then();
    assertProblem(answer, 503, "steward-silent", "unknown");
  }

  @Test
  void aMemberThatCanBeSparedIsAnsweredWithNothing() {
    request().post("/v1/cluster/members/node-b:prepare-stop").then().statusCode(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"decommission", "recommission", "prepare-stop"})
  void anUnknownMemberIsNotFound(String verb) {
    var answer = request().post("/v1/cluster/members/node-9:" + verb).then();
    assertProblem(answer, 404, "no-such-member", "refused")
        .body("detail", containsString("'node-9'"));
    assertEquals(List.of(), node.commands());
  }

  @Test
  void aNameIsDecoded() {
    var answer = request().post("/v1/cluster/members/n%C3%B6de:decommission").then();
    assertProblem(answer, 404, "no-such-member", "refused")
        .body("detail", containsString("'n\u00f6de'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/cluster/members",
        "/v1/cluster/members/node-b",
        "/v1/cluster/members/node-b:explode",
        "/v1/cluster/members/:decommission",
        "/v1/cluster/members/a/b:decommission"
      })
  void whatIsNoOrderIsNowhere(String target) throws IOException {
    assertEquals("no-such-path", RawHttp.exchange("POST", target).problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?timeout=2", "?timeout=2m", "?patience=2s", "?timeout="})
  void aWrongQueryIsRefused(String query) {
    var answer = request().post("/v1/cluster/members/node-b:prepare-stop" + query).then();
    assertProblem(answer, 400, "bad-request", "none");
  }

  @Test
  void anOrderIsPosted() {
    request()
        .get("/v1/cluster/members/node-b:decommission")
        .then()
        .statusCode(405)
        .header("Allow", "POST, OPTIONS");
  }

  @Test
  void aCouncilIsForcedByTheNamesOfThoseGivenUp() {
    request()
        .body("{\"giveUp\": [\"node-b\"]}")
        .post("/v1/cluster/council:force")
        .then()
        .statusCode(200)
        .body("epoch", equalTo(7));
    assertEquals(List.of("force [" + FakeFacade.PEER + "]"), node.commands());
  }

  @Test
  void aCouncilThatIsNotLostIsNotForced() {
    node.next(NO);
    var answer =
        request().body("{\"giveUp\": [\"node-b\"]}").post("/v1/cluster/council:force").then();
    assertProblem(answer, 409, "council-not-lost", "refused");
  }

  @Test
  void whoHasNoSeatCannotBeGivenUp() {
    var answer =
        request().body("{\"giveUp\": [\"node-9\"]}").post("/v1/cluster/council:force").then();
    assertProblem(answer, 404, "no-such-member", "refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"giveUp\": \"node-b\"}", "{\"giveUp\": [1]}", "{\"a\": 1}"})
  void whatIsNoListOfNamesIsRefused(String body) {
    var answer = request().body(body).post("/v1/cluster/council:force").then();
    assertProblem(answer, 400, "bad-request", "none");
  }

  @Test
  void aProcessThatIsAboutToStopSendsItsClientsAway() {
    request().get("/v1/cluster").then().header("Connection", equalTo(null));
    node.drain(true);
    request().get("/v1/cluster").then().header("Connection", equalTo("close"));
  }

  @Test
  void theRingIsToldByPlacesInTheListOfMembers() {
    node.show(Views.RING);
    request()
        .get("/v1/cluster/ring")
        .then()
        .statusCode(200)
        .body("epoch", equalTo(7))
        .body("partitions", equalTo(2))
        .body("replication", equalTo(3))
        .body("members.name", contains("node-a", "node-b"))
        .body("members.standing", contains("active", "draining"))
        .body("members.share", contains(0.6667f, 0.3333f))
        .body("voters", contains(List.of(0, 1), List.of(1)))
        .body("moving.'1'", contains(0));
  }

  @Test
  void withoutAMapTheRingIsEmpty() {
    request().get("/v1/cluster/ring").then().statusCode(200).body("partitions", equalTo(0));
  }
}
