package io.trefoil.runtime;

import io.trefoil.core.machine.News;
import io.trefoil.core.node.Node;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/// What a hosted node's loop does by itself, again and again: shows that it turns, reports whether
/// the node is ready, says for whom it waits, and has the seeds' names looked up.
///
/// Used on the node's event loop.
final class Pulse {

  private static final Logger LOG = Logger.getLogger(Pulse.class);
  private static final long BEAT_MILLIS = 250;

  /// While no map is known, a seed that has just started should be found soon; afterwards names
  /// matter only for healing.
  private static final long RESOLVE_BEATS = Duration.ofSeconds(5).toMillis() / BEAT_MILLIS;

  private static final long REMIND_BEATS = Duration.ofSeconds(30).toMillis() / BEAT_MILLIS;

  private final Vertx vertx;
  private final Node node;
  private final NodeHost host;
  private final NodeStatus status;
  private final NodeMetrics metrics;
  private final SeedResolver resolver;
  private long timer = -1;
  private long beats;
  private boolean resolving;
  private List<String> unknown = List.of();
  private String said = "";
  private long saidAt;

  /// A pulse that does not beat yet.
  Pulse(
      Vertx vertx,
      Node node,
      NodeHost host,
      NodeStatus status,
      NodeMetrics metrics,
      SeedResolver resolver) {
    this.vertx = vertx;
    this.node = node;
    this.host = host;
    this.status = status;
    this.metrics = metrics;
    this.resolver = resolver;
  }

  /// Begins with a beat.
  void start() {
    beat();
    timer = vertx.setPeriodic(BEAT_MILLIS, _ -> beat());
  }

  /// Beats no more.
  void stop() {
    vertx.cancelTimer(timer);
  }

  private void beat() {
    if (beats % RESOLVE_BEATS == 0 && !resolving) {
      resolve();
    }
    beats++;
    status.beat();
    status.adopt(node.maps().epoch());
    Readiness readiness = Readiness.of(node, unknown);
    status.report(readiness);
    metrics.observe(node);
    say(readiness);
  }

  private void resolve() {
    resolving = true;
    vertx
        .executeBlocking(resolver::resolve, false)
        .onSuccess(
            found -> {
              unknown = found.unknown();
              host.tell(new News.SeedsResolved(found.addresses()));
            })
        .onComplete(_ -> resolving = false);
  }

  /// What changed is said at once, what did not is said again from time to time while not ready.
  private void say(Readiness readiness) {
    boolean isNews = !readiness.reason().equals(said);
    boolean isDue = !readiness.ready() && beats - saidAt >= REMIND_BEATS;
    if (isNews || isDue) {
      said = readiness.reason();
      saidAt = beats;
      LOG.info(readiness.reason());
    }
  }
}
