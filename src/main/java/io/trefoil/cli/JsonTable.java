package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// A table out of what a node tells in JSON. Columns in which nothing is told are left out, so that
/// an older or newer node's answer is shown for what it holds.
final class JsonTable {

  private JsonTable() {}

  /// One row for each object of an array, in its order.
  ///
  /// @param objects a JSON array of objects
  /// @param fields the names of the fields wanted, in order; they are the headings too
  static Table of(JsonNode objects, List<String> fields) {
    List<String> told =
        fields.stream()
            .filter(field -> objects.valueStream().anyMatch(o -> !text(o.path(field)).isEmpty()))
            .toList();
    Table table = new Table(told.stream().map(JsonTable::heading).toList());
    for (JsonNode object : objects) {
      List<String> cells = new ArrayList<>();
      told.forEach(field -> cells.add(text(object.path(field))));
      table.row(cells);
    }
    return table;
  }

  /// A value as people read it; empty text for what is absent or null.
  static String text(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonTable::text)
          .collect(Collectors.joining(" "));
    }
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue() ? "yes" : "no";
      case MISSING, NULL -> "";
      case OBJECT, POJO -> value.toString();
      case ARRAY, BINARY, NUMBER, STRING -> value.asText();
    };
  }

  /// `clockOffsetMs` becomes CLOCK OFFSET MS.
  private static String heading(String field) {
    return field.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(java.util.Locale.ROOT);
  }
}
