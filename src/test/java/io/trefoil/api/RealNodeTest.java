package io.trefoil.api;

import static io.trefoil.api.ApiTest.put;
import static io.trefoil.api.ApiTest.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same interface in front of a real node, from HTTP down to its store and back.
@QuarkusTest
@TestProfile(RealNode.class)
class RealNodeTest {

  @BeforeEach
  void theNodeIsReady() {
    await().until(() -> request().get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void aKeyLivesFromItsCreationToItsDeletion() {
    String created =
        request().body("1").post("/v1/kv/life").then().statusCode(201).extract().header("ETag");
    request().body("x").post("/v1/kv/life").then().statusCode(409).header("ETag", created);
    request().get("/v1/kv/life").then().statusCode(200).header("ETag", created).body(equalTo("1"));
    String updated =
        request().header("If-Match", created).body("2").put("/v1/kv/life").header("ETag");
    request().header("If-Match", created).body("3").put("/v1/kv/life").then().statusCode(412);
    request().header("If-None-Match", updated).get("/v1/kv/life").then().statusCode(304);
    request().header("If-Match", updated).delete("/v1/kv/life").then().statusCode(204);
    request().get("/v1/kv/life").then().statusCode(404);
    request().delete("/v1/kv/life").then().statusCode(404);
    request().header("If-None-Match", "*").body("4").put("/v1/kv/life").then().statusCode(201);
    request().get("/v1/kv/life?consistency=one").then().statusCode(200).body(equalTo("4"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_200, 65_536, 1 << 20})
  void aValueIsStoredByteByByte(int length) {
    byte[] value = new byte[length];
    new Random(length).nextBytes(value);
    request().contentType("image/x").body(value).put("/v1/kv/value").then().statusCode(204);
    Response back = request().get("/v1/kv/value");
    assertArrayEquals(value, back.asByteArray());
    assertEquals("image/x", back.header("Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", ":", "%25", "%00", "%F0%9F%92%A9", "a/b", "a%2F%2Fb"})
  void aHostileKeyIsAKeyOfItsOwn(String key) throws IOException {
    put(key, "of " + key);
    assertEquals("of " + key, RawHttp.exchange("GET", "/v1/kv/" + key).text());
    RawHttp.exchange("DELETE", "/v1/kv/" + key);
    assertEquals("not-found", RawHttp.exchange("GET", "/v1/kv/" + key).problem());
  }

  @Test
  void aRepeatedOperationIsDoneOnce() {
    List<Response> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(request().header("Idempotency-Key", "pay-17").body("v").post("/v1/kv/once"));
    }
    answers.forEach(answer -> answer.then().statusCode(201));
    assertEquals(1, answers.stream().map(answer -> answer.header("ETag")).distinct().count());
    request().body("v").post("/v1/kv/once").then().statusCode(409);
  }

  @Test
  void concurrentComparedSetsCountEverySuccessOnce() throws Exception {
    put("counter", "0");
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(() -> increments(25));
    }
    int successes = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> client : threads.invokeAll(clients)) {
        successes += client.get();
      }
    }
    assertTrue(successes > 0);
    assertEquals(String.valueOf(successes), request().get("/v1/kv/counter").asString());
  }

  @Test
  void theClusterIsThisNodeAlone() {
    String id =
        request()
            .get("/v1/cluster")
            .then()
            .statusCode(200)
            .body("epoch", equalTo(1))
            .body("members.name", contains("node-a"))
            .body("members.state", contains("alive"))
            .extract()
            .path("members[0].id");
    String tag = put("explained", "v");
    request()
        .get("/v1/cluster/keys/explained")
        .then()
        .statusCode(200)
        .body("replicas.id", contains(id))
        .body("replicas.role", contains("primary"))
        .body("replicas.version", contains(tag.replace("\"", "")))
        .body("replicas[0].accepted", startsWith("1/"));
  }

  @Test
  void everyKeyIsInTheListOfItsPartition() {
    List<String> keys = List.of("::", "a b", "nul\u0000", "\u2618");
    for (String key : keys) {
      String path = URLEncoder.encode(key, UTF_8).replace("+", "%20");
      put(path, "v");
      int partition = request().get("/v1/cluster/keys/" + path).path("partition");
      List<String> listed =
          request()
              .get("/v1/cluster/partitions/" + partition + "/keys")
              .then()
              .statusCode(200)
              .extract()
              .path("keys");
      assertTrue(listed.contains(key), () -> key + " in " + listed);
    }
  }

  /// Reads and writes one more, so often; tells how often that was done.
  private static int increments(int times) {
    int done = 0;
    for (int i = 0; i < times; i++) {
      Response read = request().get("/v1/kv/counter");
      String next = String.valueOf(Integer.parseInt(read.asString()) + 1);
      Response write =
          request().header("If-Match", read.header("ETag")).body(next).put("/v1/kv/counter");
      done += write.statusCode() == 204 ? 1 : 0;
    }
    return done;
  }
}
