package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.simulation.lab.MembershipRow;
import io.trefoil.simulation.lab.MembershipRow.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Rows of membership's figures as Markdown, so that the documents can take them as they are. Under
/// the headings stands what the project reaches for.
final class MembershipTable {

  private static final List<String> HEADINGS =
      List.of(
          "nodes",
          "loss",
          "bootstrap",
          "crashes",
          "first, median",
          "first, p99",
          "all, median",
          "all, p99",
          "B/s per node",
          "false deaths",
          "node-hours",
          "in crashes",
          "pause 30 s",
          "one way 60 s",
          "split 60 s");
  private static final List<String> GOALS =
      List.of(
          "reach for",
          "",
          "",
          "",
          "",
          "",
          "< 2 s",
          "< 4 s",
          "< 3,000",
          "0 at 10 %, < 1 at 30 %",
          "1,000",
          "0",
          "",
          "",
          "");

  private static final String NOT_MEASURED = "–";

  private MembershipTable() {}

  /// The lines above the rows.
  static List<String> headings() {
    return List.of(line(HEADINGS), "|" + " --- |".repeat(HEADINGS.size()), line(GOALS));
  }

  /// One row.
  static String line(MembershipRow row) {
    return line(
        List.of(
            "%,d".formatted(row.plan().nodes()),
            "%.0f %%".formatted(row.plan().loss() * 100),
            seconds(row.bootstrap()),
            "%d".formatted(row.plan().crashes()),
            seconds(row.first().percentile(50)),
            seconds(row.first().percentile(99)),
            seconds(row.all().percentile(50)),
            seconds(row.all().percentile(99)),
            "%,.0f".formatted(row.bytes()),
            "%d".formatted(row.falseDeaths()),
            "%,.0f".formatted(row.nodeHours()),
            "%d".formatted(row.falseDeathsInCrashes()),
            trouble(row.pause()),
            trouble(row.oneWay()),
            trouble(row.split())));
  }

  /// The same for programs; durations in seconds.
  static ObjectNode json(MembershipRow row) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("nodes", row.plan().nodes())
            .put("loss", row.plan().loss())
            .put("seed", row.plan().seed())
            .put("bootstrap", number(row.bootstrap()))
            .put("crashes", row.plan().crashes())
            .put("firstMedian", number(row.first().percentile(50)))
            .put("firstP99", number(row.first().percentile(99)))
            .put("allMedian", number(row.all().percentile(50)))
            .put("allP99", number(row.all().percentile(99)))
            .put("bytesPerSecond", row.bytes())
            .put("falseDeaths", row.falseDeaths())
            .put("nodeHours", row.nodeHours())
            .put("falseDeathsInCrashes", row.falseDeathsInCrashes())
            .put("events", row.events())
            .put("virtualSeconds", row.virtualTime().toSeconds());
    json.set("pause", json(row.pause()));
    json.set("oneWay", json(row.oneWay()));
    json.set("split", json(row.split()));
    return json;
  }

  private static ObjectNode json(Trouble trouble) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("falseDeaths", trouble.falseDeaths())
        .put("healed", number(trouble.healed()));
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String trouble(Trouble trouble) {
    String deaths = trouble.falseDeaths() == 0 ? "" : ", " + trouble.falseDeaths() + " false";
    return seconds(trouble.healed()) + deaths;
  }

  private static String seconds(Optional<Duration> duration) {
    return duration
        .map(d -> String.format(Locale.ROOT, "%.2f s", d.toMillis() / 1e3))
        .orElse(NOT_MEASURED);
  }

  private static Double number(Optional<Duration> duration) {
    return duration.map(d -> d.toMillis() / 1e3).orElse(null);
  }
}
