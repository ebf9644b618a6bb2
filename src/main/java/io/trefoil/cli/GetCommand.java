package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.KeyPath;
import io.trefoil.core.model.Key;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `trefoil get`: reads one key.
@Command(
    name = "get",
    header = "Read one key.",
    description =
        "Prints the value byte for byte, with nothing added. With --json: the version, the media"
            + " type, and the value as text, or in Base64 where it is no UTF-8.",
    footer = {
      "  trefoil get greeting",
      "  trefoil get logo > logo.png",
      "  trefoil get greeting --json",
      "  trefoil get greeting --consistency one   # the nearest copy, perhaps not the newest"
    })
final class GetCommand implements Callable<Integer> {

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "KEY",
      converter = KeyConverter.class,
      description = "The key, 1 to 512 bytes of UTF-8.")
  private Key key;

  /// How sure a read is.
  enum Reading {
    /// Sees every write acknowledged before.
    LINEARIZABLE,
    /// One copy, whatever it holds.
    ONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--consistency",
      paramLabel = "HOW",
      defaultValue = "linearizable",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Reading consistency;

  private final Console console;

  GetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Answer.Done done = Requests.ask(nodes, Call.get(path()));
    if (output.json()) {
      console.json(json(done));
    } else {
      console.out().writeBytes(done.body());
      console.out().flush();
    }
    return ExitCode.OK.code();
  }

  private String path() {
    String path = KeyPath.of("/v1/kv", key);
    return switch (consistency) {
      case LINEARIZABLE -> path;
      case ONE -> path + (path.contains("?") ? "&" : "?") + "consistency=one";
    };
  }

  private ObjectNode json(Answer.Done done) {
    ObjectNode json =
        Results.json(key, done)
            .put("lastModified", done.header("Last-Modified"))
            .put("contentType", done.header("Content-Type"))
            .put("bytes", done.body().length);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(done.body());
      return json.put("value", StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException _) {
      return json.put("valueBase64", done.body());
    }
  }
}
