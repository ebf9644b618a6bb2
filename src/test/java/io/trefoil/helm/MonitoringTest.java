package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Alerts, dashboard and docs/metrics.md, held to what a running node tells.
@QuarkusTest
class MonitoringTest {

  private static final Pattern METRIC = Pattern.compile("\\b(?:trefoil|jvm)_[a-z_]+\\b");
  private static final Pattern RUNBOOK =
      Pattern.compile("(?s)# \\w+\n.*\n## Means\n.*\n## Look at\n.*\n## Do\n.*");

  /// Registered when the first of them happens, so not there in a node that was just started.
  private static final Set<String> LATE = Set.of("trefoil_packets_rejected_total");

  @Test
  void everyMetricOfAnAlertIsOneThatANodeTells() {
    Set<String> used = names(rules().stream().map(rule -> text(rule)).toList());
    assertEquals(Set.of(), unknown(used), "in the alerts");
    assertTrue(used.size() > 8, used.toString());
  }

  @Test
  void everyMetricOfTheDashboardIsOneThatANodeTells() throws IOException {
    List<String> expressions = new ArrayList<>();
    dashboard().findValuesAsText("expr").forEach(expressions::add);
    Set<String> used = names(expressions);
    assertEquals(Set.of(), unknown(used), "in the dashboard");
    assertTrue(used.size() > 15, used.toString());
  }

  @Test
  void everyMetricIsDescribedAndNoneThatIsNot() throws IOException {
    Map<String, String> described = described();
    Map<String, String> told = types();
    for (String late : LATE) {
      told.put(late, "counter");
    }
    assertEquals(told, described);
  }

  @Test
  void everyAlertHasItsRunbookAndEveryRunbookItsAlert() throws IOException {
    Set<String> alerts = new TreeSet<>();
    for (Rule rule : rules()) {
      alerts.add(rule.getAlert());
      String page = "https://runbooks.example.org/" + rule.getAlert() + ".md";
      assertEquals(page, rule.getAnnotations().get("runbook_url"));
      assertFalse(rule.getAnnotations().get("summary").isBlank());
      assertTrue(Set.of("warning", "critical").contains(rule.getLabels().get("severity")));
    }
    try (var pages = Files.list(Path.of("docs/runbooks"))) {
      assertEquals(
          alerts,
          pages
              .map(page -> page.getFileName().toString().replace(".md", ""))
              .filter(name -> !name.equals("README"))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    for (String alert : alerts) {
      String page = Files.readString(Path.of("docs/runbooks", alert + ".md"));
      assertTrue(page.startsWith("# " + alert + "\n"), alert);
      assertTrue(RUNBOOK.matcher(page).matches(), alert + " has other parts");
    }
  }

  @Test
  void alertsLookAtThisReleaseAlone() {
    for (Rule rule : rules()) {
      String where = "job=\"birch-trefoil-peers\",namespace=\"wood\"";
      String expression = text(rule);
      long selectors = expression.chars().filter(c -> c == '{').count();
      assertEquals(selectors, expression.split(Pattern.quote(where), -1).length - 1, expression);
    }
  }

  @Test
  void theMonitorScrapesWhatTheNodeServes() {
    Chart chart = Chart.of(Chart.EVERYTHING);
    ServiceMonitor monitor = chart.one(ServiceMonitor.class, "birch-trefoil");
    var endpoint = monitor.getSpec().getEndpoints().getFirst();
    assertEquals("http", endpoint.getPort());
    RestAssured.get(endpoint.getPath()).then().statusCode(200);
    assertEquals(
        "peers",
        monitor.getSpec().getSelector().getMatchLabels().get("app.kubernetes.io/component"));
  }

  @Test
  void theProbesOfAPodAreAnswered() {
    for (String path : List.of("/q/health/started", "/q/health/live", "/q/health/ready")) {
      assertTrue(Chart.text("").contains("path: " + path), path);
      assertTrue(RestAssured.get(path).path("status").toString().matches("UP|DOWN"), path);
    }
  }

  private static List<Rule> rules() {
    PrometheusRule rules = Chart.of(Chart.EVERYTHING).one(PrometheusRule.class, "birch-trefoil");
    return rules.getSpec().getGroups().getFirst().getRules();
  }

  private static String text(Rule rule) {
    return rule.getExpr().getStrVal();
  }

  private static JsonNode dashboard() throws IOException {
    ConfigMap map = Chart.of(Chart.EVERYTHING).one(ConfigMap.class, "birch-trefoil-dashboard");
    return new ObjectMapper().readTree(map.getData().get("trefoil.json"));
  }

  private static Set<String> names(List<String> expressions) {
    return expressions.stream()
        .flatMap(expression -> METRIC.matcher(expression).results())
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Those of the names that no line of a scrape begins with.
  private static Set<String> unknown(Set<String> names) {
    // Each operation kind has its histogram from its first operation on.
    RestAssured.given().body("v").put("/v1/kv/monitored");
    String scrape = scrape();
    return names.stream()
        .filter(name -> !LATE.contains(name))
        .filter(name -> scrape.lines().noneMatch(line -> line.matches(name + "[ {].*")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The node's own metrics and their types, as the scrape declares them.
  private static Map<String, String> types() {
    RestAssured.given().body("v").put("/v1/kv/monitored");
    return scrape()
        .lines()
        .filter(line -> line.startsWith("# TYPE trefoil_"))
        .map(line -> line.split(" "))
        .filter(words -> !words[2].endsWith("_max"))
        .collect(
            Collectors.toMap(MonitoringTest::series, words -> words[3], (a, _) -> a, TreeMap::new));
  }

  /// What a declared metric is asked for by: the text format leaves the end of a counter's name
  /// out.
  private static String series(String[] declaration) {
    return declaration[3].equals("counter") ? declaration[2] + "_total" : declaration[2];
  }

  private static Map<String, String> described() throws IOException {
    Pattern row = Pattern.compile("(?m)^\\| `(trefoil_[a-z_]+)` \\| (\\w+) \\|.*\\|$");
    Matcher rows = row.matcher(Files.readString(Path.of("docs/metrics.md")));
    Map<String, String> found = new TreeMap<>();
    while (rows.find()) {
      found.put(rows.group(1), rows.group(2));
    }
    return found;
  }

  private static String scrape() {
    return RestAssured.get("/q/metrics").then().statusCode(200).extract().asString();
  }
}
