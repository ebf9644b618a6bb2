package io.trefoil.simulation;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.simulation.workload.Clients;
import java.time.Duration;
import java.util.Optional;

/// Clients that write and read a few keys without end, and repeat what failed.
final class Load {

  private static final int CLIENTS = 4;
  private static final int KEYS = 40;
  private static final int ATTEMPTS = 20;
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final Clients clients;
  private int values;
  private int done;
  private int failed;

  /// Clients of a cluster, at work from now on.
  Load(Cluster cluster) {
    clients = new Clients(cluster.world, cluster.history, Cluster.TIMEOUT_MILLIS);
    for (int client = 0; client < CLIENTS; client++) {
      next(client);
    }
  }

  /// How many operations were carried out, maybe after several attempts.
  int done() {
    return done;
  }

  /// How many were not, however often they were repeated.
  int failed() {
    return failed;
  }

  /// Ends the work; what is open is answered within some seconds.
  void stop() {
    clients.stop();
  }

  private void next(int client) {
    Key key = new Key("load-" + clients.random().nextInt(KEYS));
    attempt(client, key, clients.random().nextBoolean(), 1);
  }

  private void attempt(int client, Key key, boolean writes, int attempt) {
    Operation operation =
        writes ? Cluster.put(key, "w" + ++values, new Condition.Always()) : Cluster.get(key);
    clients.ask(client, operation, outcome -> answered(client, key, writes, attempt, outcome));
  }

  private void answered(
      int client, Key key, boolean writes, int attempt, Optional<Outcome> outcome) {
    boolean isDone =
        outcome.filter(o -> o instanceof Outcome.Done || o instanceof Outcome.Found).isPresent();
    done += isDone ? 1 : 0;
    failed += !isDone && attempt == ATTEMPTS ? 1 : 0;
    clients.after(
        PAUSE,
        () -> {
          if (isDone || attempt == ATTEMPTS) {
            next(client);
          } else {
            attempt(client, key, writes, attempt + 1);
          }
        });
  }
}
