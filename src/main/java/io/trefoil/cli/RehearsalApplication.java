package io.trefoil.cli;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.StoreClient;
import io.trefoil.runtime.NodeFacade;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// What a rehearsing process does: it waits for its node, then writes, reads and deletes one key
/// through HTTP and looks at what a person looks at.
@Singleton
@Unremovable
public class RehearsalApplication implements QuarkusApplication {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String KEY = "/v1/kv/rehearsal";

  private static final List<Call> CALLS =
      List.of(
          Call.put(KEY, "once".getBytes(StandardCharsets.UTF_8)),
          Call.put(KEY, "again".getBytes(StandardCharsets.UTF_8)).with("If-Match", "*"),
          Call.get(KEY),
          Call.delete(KEY),
          Call.get("/v1/cluster"),
          Call.get("/v1/cluster/keys/rehearsal"),
          Call.get("/q/health"),
          Call.get("/q/metrics"));

  private final NodeFacade node;

  /// The application around this process's node.
  @Inject
  RehearsalApplication(NodeFacade node) {
    this.node = node;
  }

  /// Asks the node.
  ///
  /// @param arguments where it answers HTTP
  @Override
  public int run(String... arguments) throws InterruptedException {
    new Announcement(node, Console.ofThisProcess(), false).awaitReady();
    try (StoreClient client = new StoreClient(List.of(URI.create(arguments[0])), TIMEOUT)) {
      for (Call call : CALLS) {
        Results.done(client.ask(call));
      }
    }
    return ExitCode.OK.code();
  }
}
