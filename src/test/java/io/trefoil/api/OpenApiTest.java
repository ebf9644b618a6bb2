package io.trefoil.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.trefoil.runtime.ClusterView.PartitionCounts;
import io.trefoil.runtime.PreviewView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the interface says of itself, held to what it does.
@QuarkusTest
@TestProfile(FakeNode.class)
class OpenApiTest extends ApiTest {

  @Test
  void everyMethodOfAKeyAndTheClusterIsDescribed() {
    Map<String, Map<String, Object>> paths = description().getMap("paths");
    assertEquals(
        Set.of("parameters", "get", "head", "post", "put", "delete"),
        paths.get("/v1/kv/{key}").keySet());
    assertEquals(Set.of("get"), paths.get("/v1/cluster").keySet());
    assertEquals(Set.of("parameters", "get"), paths.get("/v1/cluster/keys/{key}").keySet());
    assertEquals(Set.of("get"), paths.get("/v1/cluster/ring").keySet());
    assertEquals(
        Set.of("parameters", "get"), paths.get("/v1/cluster/partitions/{partition}/keys").keySet());
    assertEquals(Set.of("get"), paths.get("/v1/cluster/events").keySet());
    assertEquals(Set.of("post"), paths.get("/v1/cluster:preview").keySet());
    assertEquals(Set.of("post"), paths.get("/v1/cluster/council:force").keySet());
    for (String verb : List.of("decommission", "recommission", "prepare-stop")) {
      String path = "/v1/cluster/members/{name}:" + verb;
      assertEquals(Set.of("parameters", "post"), paths.get(path).keySet());
    }
  }

  @Test
  void everyOperationHasATagASummaryADescriptionAndAnswers() {
    for (Map<String, Object> operation : operations()) {
      for (String part : List.of("operationId", "tags", "summary", "description", "responses")) {
        assertNotNull(operation.get(part), () -> operation + " has no " + part);
      }
    }
  }

  @Test
  void everyParameterHeaderAndBodyHasADescriptionAndAnExample() {
    for (String kind : List.of("parameters", "headers")) {
      Map<String, Map<String, Object>> parts = description().getMap("components." + kind);
      parts.forEach(
          (name, part) ->
              assertTrue(
                  part.keySet().containsAll(Set.of("description", "example")), kind + " " + name));
    }
    for (String kind : List.of("responses", "requestBodies")) {
      Map<String, Map<String, Object>> parts = description().getMap("components." + kind);
      parts.forEach((name, part) -> assertExample(name, part.get("content")));
    }
  }

  @Test
  void everyProblemOfAnOperationIsShownAsItIsAnswered() {
    String json = request().get("/q/openapi?format=json").asString();
    for (ProblemKind kind : ProblemKind.values()) {
      if (!ofTheFramework(kind)) {
        assertTrue(json.contains("urn:trefoil:problem:" + kind.label()), kind::label);
        assertTrue(json.contains(kind.title()), kind::title);
      }
    }
  }

  @Test
  void theJsonThatIsDescribedIsTheJsonThatIsAnswered() {
    assertProperties("Cluster", ClusterAnswer.class);
    assertProperties("Cluster.properties.partitions", PartitionCounts.class);
    assertProperties("Member", ClusterAnswer.Member.class);
    assertProperties("KeyPlace", KeyAnswer.class);
    assertProperties("Replica", KeyAnswer.Replica.class);
    assertProperties("Ring", RingAnswer.class);
    assertProperties("RingMember", RingAnswer.Member.class);
    assertProperties("PartitionKeys", KeysAnswer.class);
    assertProperties("Preview", PreviewAnswer.class);
    assertProperties("Preview.properties.peakToMean", PreviewAnswer.PeakToMean.class);
    assertProperties("Preview.properties.members.items", PreviewView.Share.class);
  }

  @Test
  void theSwaggerPageIsThere() {
    request().get("/q/swagger-ui/").then().statusCode(200).contentType("text/html");
  }

  private static boolean ofTheFramework(ProblemKind kind) {
    return switch (kind) {
      case NO_SUCH_PATH, METHOD_NOT_ALLOWED, INTERNAL_ERROR -> true;
      default -> false;
    };
  }

  private static void assertExample(String name, Object content) {
    if (content instanceof Map<?, ?> forms) {
      forms.values().stream()
          .map(form -> (Map<?, ?>) form)
          .forEach(
              form ->
                  assertTrue(form.containsKey("example") || form.containsKey("examples"), name));
    }
  }

  private static void assertProperties(String schema, Class<?> answered) {
    Map<String, Object> properties =
        description().getMap("components.schemas." + schema + ".properties");
    assertEquals(
        new TreeSet<>(Arrays.stream(answered.getRecordComponents()).map(c -> c.getName()).toList()),
        new TreeSet<>(properties.keySet()));
  }

  private static List<Map<String, Object>> operations() {
    Map<String, Map<String, Object>> paths = description().getMap("paths");
    var operations = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> path : paths.values()) {
      path.forEach(
          (method, operation) -> {
            if (!method.equals("parameters")) {
              operations.add(asMap(operation));
            }
          });
    }
    return operations;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object json) {
    return (Map<String, Object>) json;
  }

  private static JsonPath description() {
    return request().get("/q/openapi?format=json").jsonPath();
  }
}
