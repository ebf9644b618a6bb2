package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trefoil.helm.HelmProgram.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an upgrade makes of the release it finds. The API server is a stand-in that knows a
/// StatefulSet of five pods, founded by three.
class RealHelmUpgradeTest {

  private static final String SET =
      """
      {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"birch-trefoil",
       "namespace":"wood","annotations":{"trefoil.io/founders":"3:"}},"spec":{"replicas":5}}
      """;

  private static final String[] UPGRADE = {
    "--is-upgrade", "--dry-run=server", "--disable-openapi-validation"
  };

  @TempDir private Path folder;
  private final Map<String, String> answers = new TreeMap<>();
  private HttpServer server;
  private HelmProgram helm;

  @BeforeAll
  static void findHelm() {
    HelmProgram.require();
  }

  @BeforeEach
  void start() throws IOException {
    answers.put("/version", "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0\"}");
    answers.put("/api", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    answers.put("/api/v1", kinds("v1", "Service", "ServiceAccount", "ConfigMap", "Pod"));
    answers.put("/apis", groups("apps", "policy", "networking.k8s.io", "batch"));
    answers.put("/apis/apps/v1", kinds("apps/v1", "StatefulSet"));
    answers.put("/apis/policy/v1", kinds("policy/v1", "PodDisruptionBudget"));
    answers.put("/apis/networking.k8s.io/v1", kinds("networking.k8s.io/v1", "NetworkPolicy"));
    answers.put("/apis/batch/v1", kinds("batch/v1", "Job"));
    answers.put("/apis/apps/v1/namespaces/wood/statefulsets/birch-trefoil", SET);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String config =
        """
        {"apiVersion":"v1","kind":"Config","current-context":"a","users":[{"name":"a","user":{}}],
         "contexts":[{"name":"a","context":{"cluster":"a","user":"a"}}],
         "clusters":[{"name":"a","cluster":{"server":"http://127.0.0.1:%d"}}]}
        """
            .formatted(server.getAddress().getPort());
    helm = new HelmProgram(folder, Files.writeString(folder.resolve("cluster"), config));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anUpgradeThatChangesWhoFoundsIsRefused() throws Exception {
    Said said = helm.template("replicas: 5\ncluster: {seeds: 5}", UPGRADE);
    assertEquals(1, said.exit());
    assertTrue(said.text().contains("two lists of seeds are two electorates"), said.text());
  }

  @Test
  void anUpgradeToFewerPodsTakesOutThoseThatGo() throws Exception {
    Said said = helm.template("replicas: 3", UPGRADE);
    assertEquals(0, said.exit(), said.text());
    assertTrue(said.text().contains("\"decommission\",\"birch-trefoil-4\""), said.text());
    assertTrue(said.text().contains("\"decommission\",\"birch-trefoil-3\""), said.text());
    assertFalse(said.text().contains("\"decommission\",\"birch-trefoil-2\""), said.text());
  }

  @Test
  void anUpgradeToAsManyOrMoreTakesOutNobody() throws Exception {
    Said said = helm.template("replicas: 7", UPGRADE);
    assertEquals(0, said.exit(), said.text());
    assertFalse(said.text().contains("decommission"), said.text());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String found = answers.get(exchange.getRequestURI().getPath());
      String none = "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"code\":404}";
      byte[] body = (found == null ? none : found).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(found == null ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String groups(String... names) {
    String one = "{\"groupVersion\":\"%s/v1\",\"version\":\"v1\"}";
    return Arrays.stream(names)
        .map(
            name ->
                "{\"name\":\"%s\",\"versions\":[%s],\"preferredVersion\":%s}"
                    .formatted(name, one.formatted(name), one.formatted(name)))
        .collect(Collectors.joining(",", "{\"kind\":\"APIGroupList\",\"groups\":[", "]}"));
  }

  private static String kinds(String group, String... kinds) {
    String one = "{\"name\":\"%s\",\"namespaced\":true,\"kind\":\"%s\",\"verbs\":[\"get\"]}";
    return List.of(kinds).stream()
        .map(kind -> one.formatted(plural(kind), kind))
        .collect(
            Collectors.joining(
                ",",
                "{\"kind\":\"APIResourceList\",\"groupVersion\":\"%s\",\"resources\":["
                    .formatted(group),
                "]}"));
  }

  private static String plural(String kind) {
    return (kind.replaceAll("y$", "ie") + "s").toLowerCase(Locale.ROOT);
  }
}
