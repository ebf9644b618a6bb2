package io.trefoil.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.runtime.PreviewView;
import io.trefoil.runtime.PreviewView.Change;
import io.trefoil.runtime.PreviewView.Share;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(FakeNode.class)
class PreviewResourceTest extends ApiTest {

  @Test
  void aJoinIsLookedAt() {
    node.show(view(Optional.of(4_096L)));
    request()
        .body("{\"join\": {\"name\": \"node-d\", \"weight\": 2, \"zone\": \"east\"}}")
        .post("/v1/cluster:preview")
        .then()
        .statusCode(200)
        .header("Trefoil-Coordinator", "node-a")
        .body("epoch", equalTo(7))
        .body("partitions", equalTo(9))
        .body("copies", equalTo(10))
        .body("total", equalTo(48))
        .body("bytes", equalTo(4096))
        .body("peakToMean.before", equalTo(1.0f))
        .body("peakToMean.after", equalTo(1.2346f))
        .body("members.name", contains("node-a", "node-d"))
        .body("members.after", contains(11, 5));
    assertEquals(List.of(new Change.Join("node-d", "east", 2).toString()), node.commands());
  }

  @Test
  void whatNobodyTellsIsNull() {
    node.show(view(Optional.empty()));
    request()
        .body("{\"leave\": \"node-b\"}")
        .post("/v1/cluster:preview")
        .then()
        .statusCode(200)
        .body("bytes", nullValue());
    assertEquals(List.of(new Change.Leave("node-b").toString()), node.commands());
  }

  @Test
  void anUnknownMemberIsNotFound() {
    var answer = request().body("{\"leave\": \"x\"}").post("/v1/cluster:preview").then();
    assertProblem(answer, 404, "no-such-member", "refused").body("detail", containsString("'x'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 'join'",
        "{\"join\": {\"name\": \"a\"}, \"leave\": \"b\"} | 'join'",
        "{\"join\": {\"name\": \"a\", \"weight\": 0}} | 1 to 100",
        "{\"join\": {\"name\": \"a\", \"weight\": 1.5}} | whole number",
        "{\"join\": {\"weight\": 1}} | 'name'",
        "{\"join\": {\"name\": \"a\", \"size\": 1}} | 'size'",
        "{\"join\": \"a\"} | an object",
        "{\"leave\": 7} | a text",
        "nonsense | JSON"
      })
  void whatIsWrongIsNamed(String body, String named) {
    var answer = request().body(body).post("/v1/cluster:preview").then();
    assertProblem(answer, 400, "bad-request", "none").body("detail", containsString(named));
  }

  @Test
  void aPreviewIsPosted() {
    request().get("/v1/cluster:preview").then().statusCode(405).header("Allow", "POST, OPTIONS");
  }

  private static PreviewView view(Optional<Long> bytes) {
    return new PreviewView(
        7,
        9,
        10,
        48,
        bytes,
        1,
        1.23456,
        List.of(new Share("node-a", 16, 11), new Share("node-d", 0, 5)));
  }
}
