package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// How the commands that show the cluster get and print what a node tells.
final class Views {

  private Views() {}

  /// The JSON a node answers with.
  ///
  /// @throws Failure if none answers, or what answers is no JSON
  static JsonNode ask(EndpointOptions nodes, Call call) {
    Answer.Done done = Requests.ask(nodes, call);
    try {
      return new ObjectMapper().readTree(done.body());
    } catch (IOException _) {
      String sentence = done.endpoint() + " answered with something that is no JSON";
      throw new Failure(ExitCode.USAGE, sentence);
    }
  }

  /// A table of members, in order of name.
  static Table byName(JsonNode members, List<String> columns) {
    return JsonTable.of(
        JsonNodeFactory.instance
            .arrayNode()
            .addAll(
                members
                    .valueStream()
                    .sorted(Comparator.comparing(member -> member.path("name").asText()))
                    .toList()),
        columns);
  }

  /// One line for each of the fields that are told: its name, and its value or its parts.
  static List<String> facts(JsonNode view, List<String> fields) {
    List<String> told = fields.stream().filter(view::hasNonNull).toList();
    int widest = told.stream().mapToInt(String::length).max().orElse(0);
    return told.stream()
        .map(field -> field + " ".repeat(widest - field.length()) + "  " + parts(view.get(field)))
        .toList();
  }

  private static String parts(JsonNode value) {
    return value.isObject()
        ? value
            .propertyStream()
            .map(part -> part.getKey() + " " + JsonTable.text(part.getValue()))
            .collect(Collectors.joining(", "))
        : JsonTable.text(value);
  }
}
