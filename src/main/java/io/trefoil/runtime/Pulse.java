package io.trefoil.runtime;

import io.trefoil.core.machine.News;
import io.trefoil.core.map.Summary;
import io.trefoil.core.node.Node;
import io.trefoil.runtime.ClusterView.PartitionCounts;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

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

  /// What changes faster than this while the node is not ready is not worth a line.
  private static final long QUIET_BEATS = Duration.ofSeconds(1).toMillis() / BEAT_MILLIS;

  private final Vertx vertx;
  private final Node node;
  private final NodeHost host;
  private final NodeStatus status;
  private final NodeMetrics metrics;
  private final SeedResolver resolver;
  private long timer = -1;
  private long beats;
  private boolean resolving;
  private Optional<SeedResolver.Resolved> seeds = Optional.empty();
  private Stability stability = Stability.UNKNOWN;
  private boolean ready;
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
    report();
    Stability now = stability();
    metrics.observe(node, now);
    publish(now);
  }

  /// Reports how the node is. To be called whenever that may have changed.
  void report() {
    status.adopt(node.maps().epoch());
    Readiness readiness = Readiness.of(node, seeds);
    status.report(readiness);
    say(readiness);
  }

  private Stability stability() {
    Summary told = node.maps().summary();
    PartitionCounts counts =
        new ClusterPortrait(node.map(), node.membership().members()).counts(told);
    long epoch = node.maps().epoch();
    return new Stability(epoch, told.isStableIn(epoch), counts);
  }

  private void publish(Stability now) {
    if (!now.equals(stability)) {
      stability = now;
      vertx.eventBus().publish(NodeFacade.BULLETINS, Bulletin.of(now), ByReference.options());
    }
  }

  private void resolve() {
    resolving = true;
    vertx
        .executeBlocking(resolver::resolve, false)
        .onSuccess(
            found -> {
              seeds = Optional.of(found);
              host.tell(new News.SeedsResolved(found.addresses()));
            })
        .onComplete(_ -> resolving = false);
  }

  /// Ready is said at once and once, and not again with every map; not ready when it lasts, and
  /// again from time to time.
  private void say(Readiness readiness) {
    boolean isNews = !readiness.reason().equals(said);
    long silence = readiness.ready() ? 0 : isNews ? QUIET_BEATS : REMIND_BEATS;
    if ((isNews || !readiness.ready()) && beats - saidAt >= silence) {
      LOG.log(readiness.ready() && ready ? Level.DEBUG : Level.INFO, readiness.reason());
      said = readiness.reason();
      saidAt = beats;
      ready = readiness.ready();
    }
  }
}
