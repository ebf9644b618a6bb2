package io.trefoil;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What Prometheus finds at a node.
@QuarkusTest
class MetricsTest {

  private static final List<String> NAMES =
      List.of(
          "trefoil_map_epoch",
          "trefoil_stable",
          "trefoil_members{state=\"alive\"}",
          "trefoil_members{state=\"restarting\"}",
          "trefoil_partitions{state=\"fully_replicated\"}",
          "trefoil_partitions{state=\"moving\"}",
          "trefoil_partitions{state=\"under_replicated\"}",
          "trefoil_partitions{state=\"unavailable\"}",
          "trefoil_partitions{state=\"forced\"}",
          "trefoil_partitions_damaged",
          "trefoil_copy_bytes_total",
          "trefoil_pending_keys",
          "trefoil_forced_recoveries_total{kind=\"council\"}",
          "trefoil_forced_recoveries_total{kind=\"partition\"}",
          "trefoil_outcome_unknown_total",
          "trefoil_suspicions_total",
          "trefoil_local_health",
          "trefoil_clock_offset_ms",
          "trefoil_packets_total{dir=\"in\",kind=\"datagram\"}",
          "trefoil_storage_commit_seconds_count");

  @Test
  void everyMetricIsThereFromTheBeginning() {
    String text = scrape();
    for (String name : NAMES) {
      assertTrue(text.lines().anyMatch(line -> line.startsWith(name + " ")), name + "\n" + text);
    }
  }

  @Test
  void aClusterOfOneIsCounted() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> value("trefoil_stable") == 1 && value("trefoil_map_epoch") == 1);
    assertEquals(4096, value("trefoil_partitions{state=\"fully_replicated\"}"));
    assertEquals(0, value("trefoil_partitions{state=\"unavailable\"}"));
    assertEquals(1, value("trefoil_members{state=\"alive\"}"));
    assertEquals(0, value("trefoil_forced_recoveries_total{kind=\"council\"}"));
    RestAssured.given().body("v").put("/v1/kv/counted").then().statusCode(204);
    String written = "trefoil_operations_seconds_count{op=\"write\",outcome=\"success\"}";
    await().atMost(Duration.ofSeconds(5)).until(() -> value(written) == 1);
  }

  private static double value(String name) {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  private static String scrape() {
    return RestAssured.get("/q/metrics").then().statusCode(200).extract().asString();
  }
}
