package io.trefoil.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.core.model.Key;
import io.trefoil.runtime.KeysView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(FakeNode.class)
class PartitionResourceTest extends ApiTest {

  @Test
  void keysAreListedWithTheEndOfThePart() {
    Key last = new Key("b c");
    node.show(new KeysView(16, true, List.of(new Key("a\u0000"), last), Optional.of(last)));
    request()
        .get("/v1/cluster/partitions/3/keys?after=%2F+x")
        .then()
        .statusCode(200)
        .body("partition", equalTo(3))
        .body("partitions", equalTo(16))
        .body("keys", contains("a\u0000", "b c"))
        .body("next", equalTo("b c"));
    assertEquals(List.of("keys of 3 after / x"), node.commands());
  }

  @Test
  void theLastPartHasNoNext() {
    node.show(new KeysView(16, true, List.of(), Optional.empty()));
    request()
        .get("/v1/cluster/partitions/15/keys")
        .then()
        .statusCode(200)
        .body("next", nullValue());
  }

  @Test
  void withoutAQuorumNothingIsListed() {
    node.show(new KeysView(16, false, List.of(), Optional.empty()));
    assertProblem(
            request().get("/v1/cluster/partitions/0/keys").then(),
            503,
            "quorum-unavailable",
            "none")
        .header("Retry-After", containsString(""));
  }

  @Test
  void withoutAMapNobodyKnowsThePartitions() {
    assertProblem(request().get("/v1/cluster/partitions/0/keys").then(), 503, "not-ready", "none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"16/keys", "-1/keys", "one/keys", "99999999999/keys", "0/keys?limit=5"})
  void whatIsNoPartitionIsRefused(String path) {
    node.show(new KeysView(16, true, List.of(), Optional.empty()));
    assertProblem(
        request().get("/v1/cluster/partitions/" + path).then(), 400, "bad-request", "none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/keys?after=", "0/keys?after=%ff"})
  void whatIsNoKeyIsRefused(String path) {
    assertProblem(request().get("/v1/cluster/partitions/" + path).then(), 400, "bad-key", "none");
  }
}
