package io.trefoil.cli.bench;

import io.trefoil.cli.client.KeyPath;
import io.trefoil.core.model.Key;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Clients that ask as fast as they are answered, all on one event loop: on the same machine as the
/// nodes, whatever a client costs is taken from them.
public final class BenchRun {

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
  private static final long TIMEOUT_MILLIS = 10_000;

  private final BenchPlan plan;
  private final HttpClient http;
  private final Buffer value;
  private final Random random = new Random(1);
  private final Histogram reads = new Histogram(LONGEST_MICROS, 3);
  private final Histogram writes = new Histogram(LONGEST_MICROS, 3);
  private final CompletableFuture<BenchResult> ended = new CompletableFuture<>();
  private long measureFromNanos;
  private long endNanos;
  private long failures;
  private int open;

  private BenchRun(BenchPlan plan, Vertx vertx) {
    this.plan = plan;
    this.value = Buffer.buffer(new byte[plan.valueBytes()]);
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true).setMaxPoolSize(plan.clients()));
  }

  /// Runs a plan to its end.
  public static BenchResult of(BenchPlan plan) {
    Vertx vertx = Vertx.vertx();
    try {
      BenchRun run = new BenchRun(plan, vertx);
      vertx.getOrCreateContext().runOnContext(_ -> run.start());
      return run.ended.join();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void start() {
    measureFromNanos = System.nanoTime() + plan.warmUp().toNanos();
    endNanos = measureFromNanos + plan.duration().toNanos();
    for (int client = 0; client < plan.clients(); client++) {
      URI endpoint = plan.endpoints().get(client % plan.endpoints().size());
      open++;
      ask(endpoint);
    }
  }

  private void ask(URI endpoint) {
    boolean read = random.nextInt(100) < plan.readPercent();
    long begun = System.nanoTime();
    http.request(options(endpoint, read))
        .compose(request -> send(request, read))
        .compose(response -> response.body().map(_ -> response.statusCode()))
        .onComplete(
            answer -> {
              count(read, begun, answer.succeeded() ? answer.result() : 0);
              next(endpoint);
            });
  }

  private RequestOptions options(URI endpoint, boolean read) {
    Key key = new Key("bench/" + random.nextInt(plan.keys()));
    return new RequestOptions()
        .setHost(endpoint.getHost())
        .setPort(endpoint.getPort() < 0 ? 80 : endpoint.getPort())
        .setTimeout(TIMEOUT_MILLIS)
        .setMethod(read ? HttpMethod.GET : HttpMethod.PUT)
        .setURI(KeyPath.of("/v1/kv", key));
  }

  private Future<HttpClientResponse> send(HttpClientRequest request, boolean read) {
    return read ? request.send() : request.send(value);
  }

  /// A key that nobody has written yet is a right answer, too.
  private void count(boolean read, long begun, int status) {
    if (begun < measureFromNanos) {
      return;
    }
    if (status / 100 == 2 || read && status == 404) {
      long micros = (System.nanoTime() - begun) / 1_000;
      (read ? reads : writes).recordValue(Math.min(LONGEST_MICROS, micros));
    } else {
      failures++;
    }
  }

  private void next(URI endpoint) {
    long now = System.nanoTime();
    if (now < endNanos) {
      ask(endpoint);
    } else if (--open == 0) {
      ended.complete(
          new BenchResult(plan.clients(), reads, writes, failures, now - measureFromNanos));
    }
  }
}
