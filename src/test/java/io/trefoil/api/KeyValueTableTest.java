package io.trefoil.api;

import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Operation.Get;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Row by row what docs/http.md says of keys and values.
@QuarkusTest
@TestProfile(FakeNode.class)
class KeyValueTableTest extends ApiTest {

  private static final String DATE = "Sun, 22 Nov 2026 19:30:00 GMT";

  @Test
  void postCreatesAndTellsWhere() {
    String location =
        request()
            .body("one")
            .post("/v1/kv/a/b%20c")
            .then()
            .statusCode(201)
            .header("ETag", not(blankOrNullString()))
            .header("Trefoil-Acknowledgements", "2")
            .header("Trefoil-Coordinator", "node-a")
            .header("Trefoil-Epoch", "7")
            .extract()
            .header("Location");
    assertEquals("/v1/kv/a/b%20c", location);
    request().get(location).then().statusCode(200).body(equalTo("one"));
  }

  @Test
  void postOfAnExistingKeyConflictsAndKeepsTheOldValue() {
    String tag = put("k", "old");
    assertProblem(request().body("new").post("/v1/kv/k").then(), 409, "already-exists", "refused")
        .header("ETag", tag);
    request().get("/v1/kv/k").then().body(equalTo("old"));
  }

  @Test
  void getTellsTheValueItsTypeItsTagAndItsTime() {
    String tag =
        request()
            .contentType("text/turtle; charset=\"UTF-8\"; x=Y")
            .body("v".getBytes())
            .put("/v1/kv/k")
            .header("ETag");
    request()
        .get("/v1/kv/k")
        .then()
        .statusCode(200)
        .header("Content-Type", "text/turtle; charset=\"UTF-8\"; x=Y")
        .header("ETag", tag)
        .header("Last-Modified", DATE)
        .header("Content-Length", "1")
        .header("Trefoil-Consistency", nullValue())
        .body(equalTo("v"));
  }

  @Test
  void headTellsAllButTheValue() {
    String tag = put("k", "12345");
    byte[] body =
        request()
            .head("/v1/kv/k")
            .then()
            .statusCode(200)
            .header("Content-Length", "5")
            .header("Content-Type", "application/octet-stream")
            .header("ETag", tag)
            .header("Last-Modified", DATE)
            .extract()
            .asByteArray();
    assertArrayEquals(new byte[0], body);
  }

  @Test
  void aReadIsLinearizableUnlessTheClientSaysOne() {
    put("k", "v");
    request()
        .get("/v1/kv/k?consistency=one")
        .then()
        .statusCode(200)
        .header("Trefoil-Consistency", "one")
        .body(equalTo("v"));
    request().get("/v1/kv/k?consistency=linearizable").then().statusCode(200);
    request().get("/v1/kv/k").then().statusCode(200);
    assertEquals(
        List.of(Consistency.ONE, Consistency.LINEARIZABLE, Consistency.LINEARIZABLE),
        node.requests().stream()
            .map(r -> r.operation() instanceof Get get ? get.consistency() : null)
            .skip(1)
            .toList());
  }

  @Test
  void anAbsentKeyReadFromTheNearestCopyIsMarkedToo() {
    request()
        .get("/v1/kv/k?consistency=one")
        .then()
        .statusCode(404)
        .header("Trefoil-Consistency", "one");
  }

  @Test
  void getOfAnAbsentKeyIsNotFound() {
    assertProblem(request().get("/v1/kv/k").then(), 404, "not-found", "refused");
    request().head("/v1/kv/k").then().statusCode(404);
  }

  @Test
  void getOfWhatTheReaderHasIsNotModified() {
    String tag = put("k", "v");
    for (String held : new String[] {tag, "*", "W/" + tag, "\"0.1.2.3\", " + tag}) {
      request()
          .header("If-None-Match", held)
          .get("/v1/kv/k")
          .then()
          .statusCode(304)
          .header("ETag", tag)
          .body(equalTo(""));
      request().header("If-None-Match", held).head("/v1/kv/k").then().statusCode(304);
    }
    request().header("If-None-Match", "\"other\"").get("/v1/kv/k").then().statusCode(200);
  }

  @Test
  void putWritesWhateverWasThere() {
    String first = put("k", "one");
    String second = put("k", "two");
    assertNotEquals(first, second);
    request().get("/v1/kv/k").then().header("ETag", second).body(equalTo("two"));
  }

  @Test
  void deleteRemovesTheKey() {
    put("k", "v");
    request().delete("/v1/kv/k").then().statusCode(204).body(equalTo(""));
    request().get("/v1/kv/k").then().statusCode(404);
  }

  @Test
  void deleteOfAnAbsentKeyIsNotFound() {
    assertProblem(request().delete("/v1/kv/k").then(), 404, "not-found", "refused");
  }
}
