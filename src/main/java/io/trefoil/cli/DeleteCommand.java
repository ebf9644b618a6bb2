package io.trefoil.cli;

import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.KeyPath;
import io.trefoil.core.model.Key;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `trefoil delete`: removes one key.
@Command(
    name = "delete",
    header = "Remove one key.",
    description = "A key that has no value is refused with exit code 1.",
    footer = {
      "  trefoil delete greeting",
      "  trefoil delete greeting --if-match ETAG   # only if it still is that version"
    })
final class DeleteCommand implements Callable<Integer> {

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "KEY",
      converter = KeyConverter.class,
      description = "The key, 1 to 512 bytes of UTF-8.")
  private Key key;

  @Option(
      names = "--if-match",
      paramLabel = "ETAG",
      description = "Only if the key's version is this one.")
  private String ifMatch;

  private final Console console;

  DeleteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Call call = Call.delete(KeyPath.of("/v1/kv", key));
    Answer.Done done =
        Requests.ask(
            nodes, ifMatch == null ? call : call.with("If-Match", EntityTag.quoted(ifMatch)));
    if (output.json()) {
      console.json(Results.json(key, done));
    } else {
      console.say("deleted " + key);
    }
    return ExitCode.OK.code();
  }
}
