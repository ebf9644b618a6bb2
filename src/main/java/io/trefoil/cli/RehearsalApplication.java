package io.trefoil.cli;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import io.trefoil.cli.bench.BenchPlan;
import io.trefoil.cli.bench.BenchRun;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.StoreClient;
import io.trefoil.runtime.NodeFacade;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// What a rehearsing process does: it waits for its node, writes, reads and deletes one key through
/// HTTP, looks at what a person looks at, and then works for a while: the cache also keeps how
/// often each method ran and with what, so that a later start compiles the right ones at once.
@Singleton
@Unremovable
public class RehearsalApplication implements QuarkusApplication {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /// Longer makes the build longer; shorter leaves methods unmeasured.
  private static final Duration WORK = Duration.ofSeconds(10);

  private static final int CLIENTS = 16;
  private static final int KEYS = 10_000;
  private static final int VALUE_BYTES = 100;

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
    List<URI> endpoints = List.of(URI.create(arguments[0]));
    try (StoreClient client = new StoreClient(endpoints, TIMEOUT)) {
      for (Call call : CALLS) {
        Results.done(client.ask(call));
      }
    }
    BenchRun.of(new BenchPlan(endpoints, 50, KEYS, VALUE_BYTES, CLIENTS, Duration.ZERO, WORK));
    return ExitCode.OK.code();
  }
}
