package io.trefoil.api;

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
import java.util.concurrent.Flow;

/// One reader's stream of events. The reader asks for the next when one has left for its socket;
/// what it does not ask for in time waits in a bounded [Backlog]. A comment every ten seconds shows
/// proxies and the reader that the connection is alive.
///
/// Events come on one thread and demand on another, so all of it is under one lock.
final class EventFeed implements Flow.Subscription {

  /// How many events wait for a slow reader; about 200 bytes each.
  static final int CAPACITY = 256;

  private static final long HEARTBEAT_MILLIS = 10_000;

  private final Vertx vertx;
  private final String node;
  private final Sse sse;
  private final Flow.Subscriber<? super OutboundSseEvent> reader;
  private final Backlog<OutboundSseEvent> backlog;
  private final MessageConsumer<Bulletin> bulletins;
  private final long timer;
  private long asked;
  private boolean telling;
  private boolean ending;
  private boolean over;

  private EventFeed(
      Vertx vertx, String node, Sse sse, Flow.Subscriber<? super OutboundSseEvent> reader) {
    this.vertx = vertx;
    this.node = node;
    this.sse = sse;
    this.reader = reader;
    this.backlog = new Backlog<>(CAPACITY, lost -> event("lost", Map.of("events", lost)));
    this.bulletins = vertx.eventBus().localConsumer(NodeFacade.BULLETINS);
    this.timer = vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> beat());
  }

  /// Tells a reader everything from now on. Begins with a comment, so that it sees at once that it
  /// is connected.
  ///
  /// @param node the name of the node that tells
  static void open(
      Vertx vertx, String node, Sse sse, Flow.Subscriber<? super OutboundSseEvent> reader) {
    EventFeed feed = new EventFeed(vertx, node, sse, reader);
    reader.onSubscribe(feed);
    feed.bulletins.handler(message -> feed.heard(message.body()));
    feed.beat();
  }

  @Override
  public synchronized void request(long more) {
    asked = asked + more < 0 ? Long.MAX_VALUE : asked + more;
    tell();
  }

  @Override
  public synchronized void cancel() {
    over = true;
    bulletins.unregister();
    vertx.cancelTimer(timer);
  }

  private synchronized void heard(Bulletin bulletin) {
    backlog.offer(event(bulletin.kind(), bulletin.facts()));
    ending = ending || bulletin.isLast();
    tell();
  }

  private synchronized void beat() {
    if (backlog.isEmpty()) {
      backlog.offer(sse.newEventBuilder().comment("alive").build());
      tell();
    }
  }

  /// The reader may ask for the next while it is told one, which comes back here.
  private void tell() {
    if (telling) {
      return;
    }
    telling = true;
    while (!over && asked > 0 && !backlog.isEmpty()) {
      asked--;
      reader.onNext(backlog.poll());
    }
    telling = false;
    if (ending && !over && backlog.isEmpty()) {
      cancel();
      reader.onComplete();
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
