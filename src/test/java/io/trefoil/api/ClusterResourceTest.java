package io.trefoil.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.core.model.Version;
import io.trefoil.runtime.KeyView;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The cluster and the place of a key, as JSON: docs/http.md, "Cluster".
@QuarkusTest
@TestProfile(FakeNode.class)
class ClusterResourceTest extends ApiTest {

  private static final String A = "000000000000000a";
  private static final String B = "000000000000000b";

  @Test
  void theClusterIsTold() {
    node.show(Views.CLUSTER);
    request()
        .get("/v1/cluster")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Trefoil-Coordinator", "node-a")
        .body("name", equalTo("test"))
        .body("id", equalTo("00000000000000ff"))
        .body("epoch", equalTo(7))
        .body("stable", equalTo(false))
        .body("council", contains(A, B))
        .body("steward", equalTo(A))
        .body("partitions.total", equalTo(16))
        .body("partitions.fullyReplicated", equalTo(10))
        .body("partitions.moving", equalTo(1))
        .body("partitions.underReplicated", equalTo(4))
        .body("partitions.unavailable", equalTo(2))
        .body("partitions.forced", equalTo(0));
  }

  @Test
  void everyMemberIsTold() {
    node.show(Views.CLUSTER);
    request()
        .get("/v1/cluster")
        .then()
        .body("members.name", contains("node-a", "node-b"))
        .body("members.id", contains(A, B))
        .body("members.state", contains("alive", "suspect"))
        .body("members.http", contains("10.0.0.1:8080", ""))
        .body("members.peer", contains("10.0.0.1:7400", "10.0.0.2:7400"))
        .body("members.zone", contains("east", ""))
        .body("members.version", contains(1, 0))
        .body("members.primaries", contains(9, 7))
        .body("members.replicas", contains(16, 16))
        .body("members.standing", contains("active", "draining"))
        .body("members.keys", contains(100, null))
        .body("members.bytes", contains(2048, null))
        .body("forcedEpoch", equalTo(5))
        .body("members.epoch", contains(7, 6))
        .body("damaged", contains(3))
        .body("members.clockOffsetMs", contains(0, null));
  }

  @Test
  void whatIsNotKnownIsNull() {
    node.show(Views.NOTHING);
    request()
        .get("/v1/cluster")
        .then()
        .statusCode(200)
        .body("containsKey('id')", equalTo(true))
        .body("id", nullValue())
        .body("steward", nullValue())
        .body("epoch", equalTo(0));
  }

  @Test
  void aViewThatCannotBeHadIsAFailure() {
    assertProblem(request().get("/v1/cluster").then(), 500, "internal-error", "none");
  }

  @Test
  void theReplicasOfAKeyAreTold() {
    node.show(Views.KEY);
    request()
        .get("/v1/cluster/keys/a%2Fb")
        .then()
        .statusCode(200)
        .body("key", equalTo("a/b"))
        .body("token", equalTo("fffffffffffffffe"))
        .body("partition", equalTo(15))
        .body("epoch", equalTo(1))
        .body("replicas.role", contains("primary", "secondary", "tertiary"))
        .body("replicas.id", contains(A, B, "ffffffffffffffff"))
        .body("replicas.name", contains("node-a", "node-b", "node-c"))
        .body("replicas.alive", contains(true, true, false))
        .body("replicas.answered", contains(true, true, false))
        .body("replicas.accepted", contains(Views.BALLOT.toString(), null, null))
        .body("replicas.version", contains(new Version(Views.BALLOT).tag(), null, null))
        .body("replicas.complete", contains(true, false, null))
        .body("replicas.deleted", contains(false, false, false));
  }

  @Test
  void aKeyHasNoPlaceWithoutAMap() {
    node.show(new KeyView(Views.KEY.key(), 1, -1, 0, List.of()));
    request()
        .get("/v1/cluster/keys?key=..")
        .then()
        .statusCode(200)
        .body("key", equalTo(".."))
        .body("partition", nullValue())
        .body("replicas.size()", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/cluster/keys/%ff", "/v1/cluster/keys/a//b", "/v1/cluster/keys/"})
  void aKeyIsReadAsUnderKv(String target) throws IOException {
    assertEquals("bad-key", RawHttp.exchange("GET", target).problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/cluster/keys", "/v1/cluster/keys/a?consistency=one"})
  void aQueryIsReadAsUnderKv(String target) throws IOException {
    assertEquals("bad-request", RawHttp.exchange("GET", target).problem());
  }
}
