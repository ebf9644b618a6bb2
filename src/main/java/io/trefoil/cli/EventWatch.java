package io.trefoil.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.client.EventLines;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/// Prints what happens in the cluster as nodes tell it, a line for each event: for people, or as
/// one JSON document a line.
final class EventWatch {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Console console;
  private final boolean json;

  EventWatch(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /// Follows the first node that tells, and the next when it ends.
  ///
  /// @throws Failure when none of them tells any more
  void follow(List<URI> endpoints) throws InterruptedException {
    try (EventLines events = new EventLines()) {
      boolean told = true;
      while (told) {
        told = false;
        for (URI endpoint : endpoints) {
          told |= events.follow(endpoint, this::print);
        }
      }
    }
    throw new Failure(ExitCode.NOT_DONE, "none of the nodes tells what happens any more");
  }

  private void print(String name, String data) {
    try {
      ObjectNode event = (ObjectNode) JSON.readTree(data);
      console.say(json ? event.put("event", name).toString() : line(name, event));
    } catch (JsonProcessingException | ClassCastException _) {
      console.remark("an event is no JSON object: " + data);
    }
  }

  private static String line(String name, ObjectNode event) {
    String facts =
        event
            .propertyStream()
            .filter(fact -> !fact.getKey().equals("at") && !fact.getKey().equals("node"))
            .map(fact -> fact.getKey() + " " + text(fact.getValue()))
            .collect(Collectors.joining(", "));
    return "%s  %s  %s  %s"
        .formatted(event.path("at").asText(), event.path("node").asText(), name, facts)
        .stripTrailing();
  }

  private static String text(JsonNode value) {
    return value.isObject()
        ? value
            .propertyStream()
            .map(part -> part.getKey() + " " + JsonTable.text(part.getValue()))
            .collect(Collectors.joining(" "))
        : JsonTable.text(value);
  }
}
