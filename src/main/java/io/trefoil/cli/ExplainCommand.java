package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.KeyPath;
import io.trefoil.core.model.Key;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `trefoil explain`: where a key lives and what each replica holds of it.
@Command(
    name = "explain",
    header = "Show where a key lives.",
    description = "Its place on the ring, its three nodes, and what each of them holds of it.",
    footer = {"  trefoil explain greeting", "  trefoil explain greeting --json"})
final class ExplainCommand implements Callable<Integer> {

  private static final List<String> FACTS = List.of("key", "token", "partition", "epoch");

  private static final List<String> COLUMNS =
      List.of(
          "role", "name", "id", "alive", "answered", "accepted", "version", "complete", "deleted");

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "KEY",
      converter = KeyConverter.class,
      description = "The key, 1 to 512 bytes of UTF-8. It need not have a value.")
  private Key key;

  private final Console console;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonNode view = Views.ask(nodes, Call.get(KeyPath.of("/v1/cluster/keys", key)));
    if (output.json()) {
      console.json(view);
    } else {
      Views.facts(view, FACTS).forEach(console::say);
      console.say("");
      JsonTable.of(view.path("replicas"), COLUMNS).lines().forEach(console::say);
    }
    return ExitCode.OK.code();
  }
}
