package io.trefoil.cli.load;

import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.Ending;
import io.trefoil.cli.client.Problem;
import io.trefoil.cli.client.StoreClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Makes a request until it is done, refused, or patience ends. Different records start at
/// different nodes, which spreads the load.
public final class Requester {

  private final StoreClient client;
  private final Patience patience;

  /// Makes requests by a client.
  public Requester(StoreClient client, Patience patience) {
    this.client = client;
    this.patience = patience;
  }

  /// How a request ended at last.
  ///
  /// @param repetitions how often it was made again
  public record Ended(Answer answer, int repetitions) {}

  /// Makes a request.
  ///
  /// @param start which node comes first, counted round
  public Ended ask(Call call, long start) throws InterruptedException {
    List<URI> endpoints = client.endpoints();
    long deadline = System.nanoTime() + patience.limit().toNanos();
    for (int attempt = 0; ; attempt++) {
      URI endpoint = endpoints.get((int) ((start + attempt) % endpoints.size()));
      Answer answer = client.ask(endpoint, call);
      boolean roundOver = (attempt + 1) % endpoints.size() == 0;
      if (!(answer instanceof Answer.Failed(Problem problem))
          || !mayRepeat(problem)
          || (roundOver && System.nanoTime() >= deadline)) {
        return new Ended(answer, attempt);
      }
      if (roundOver) {
        pause((attempt + 1) / endpoints.size() - 1, problem);
      }
    }
  }

  private boolean mayRepeat(Problem problem) {
    return problem.isWorthRepeating()
        || (patience.unknownToo() && problem.ending() == Ending.UNKNOWN);
  }

  private void pause(int round, Problem problem) throws InterruptedException {
    Duration pause = patience.pause(round, problem.retryAfter(), ThreadLocalRandom.current());
    Thread.sleep(pause);
  }
}
