package io.trefoil.api;

import io.smallrye.mutiny.subscription.MultiEmitter;
import io.trefoil.runtime.Bulletin;
import io.trefoil.runtime.NodeFacade;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// One reader's stream of events. What it does not take in time waits in a bounded [Backlog]; a
/// comment every ten seconds shows proxies and the reader that the connection is alive.
final class EventFeed {

  /// How many events wait for a slow reader; about 200 bytes each.
  static final int CAPACITY = 256;

  private static final long HEARTBEAT_MILLIS = 10_000;

  private final Vertx vertx;
  private final String node;
  private final Sse sse;
  private final MultiEmitter<? super OutboundSseEvent> reader;
  private final Backlog<OutboundSseEvent> backlog;
  private boolean emitting;
  private boolean ending;

  /// A stream that is not open yet.
  ///
  /// @param node the name of the node that tells
  EventFeed(Vertx vertx, String node, Sse sse, MultiEmitter<? super OutboundSseEvent> reader) {
    this.vertx = vertx;
    this.node = node;
    this.sse = sse;
    this.reader = reader;
    this.backlog = new Backlog<>(CAPACITY, lost -> event("lost", Map.of("events", lost)));
  }

  /// Begins with a comment, so that the reader sees at once that it is connected.
  void open() {
    MessageConsumer<Bulletin> bulletins =
        vertx.eventBus().localConsumer(NodeFacade.BULLETINS, message -> heard(message.body()));
    long timer = vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> beat());
    reader.onTermination(
        () -> {
          bulletins.unregister();
          vertx.cancelTimer(timer);
        });
    reader.onRequest(_ -> drain());
    beat();
  }

  private synchronized void heard(Bulletin bulletin) {
    backlog.offer(event(bulletin.kind(), bulletin.facts()));
    ending = ending || bulletin.isLast();
    drain();
  }

  private synchronized void beat() {
    if (backlog.isEmpty()) {
      backlog.offer(sse.newEventBuilder().comment("alive").build());
      drain();
    }
  }

  /// Emitting may make the reader ask for more at once, which comes back here.
  private synchronized void drain() {
    if (emitting) {
      return;
    }
    emitting = true;
    while (reader.requested() > 0 && !backlog.isEmpty()) {
      reader.emit(backlog.poll());
    }
    emitting = false;
    if (ending && backlog.isEmpty()) {
      reader.complete();
    }
  }

  private OutboundSseEvent event(String kind, Map<String, Object> facts) {
    JsonObject json =
        new JsonObject()
            .put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
            .put("node", node);
    facts.forEach(json::put);
    return sse.newEventBuilder().name(kind).data(json.encode()).build();
  }
}
