package io.trefoil.transport;

import static org.awaitility.Awaitility.await;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.wire.ClusterKeys;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// A transport on loopback with what it heard.
final class TestPeer implements Inbox {

  static final long CLUSTER = 77;

  record Heard(Peer from, Envelope envelope) {}

  final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
  final List<String> rejected = Collections.synchronizedList(new ArrayList<>());
  final Context context;
  final Transport transport;
  final NodeId id;
  private final long cluster;

  private TestPeer(Context context, Transport transport, NodeId id, long cluster) {
    this.context = context;
    this.transport = transport;
    this.id = id;
    this.cluster = cluster;
    transport.start(this);
  }

  static TestPeer open(Vertx vertx, long id) {
    return open(vertx, id, 0, CLUSTER);
  }

  static TestPeer open(Vertx vertx, long id, int port, long cluster) {
    return open(vertx, id, port, cluster, ClusterKeys.NONE);
  }

  static TestPeer open(Vertx vertx, long id, int port, long cluster, ClusterKeys keys) {
    Context context = vertx.getOrCreateContext();
    var settings =
        new TransportSettings(
            new Address("127.0.0.1", port),
            new Address("127.0.0.1", 0),
            cluster,
            new NodeId(id),
            1,
            keys);
    return new TestPeer(context, join(Transport.open(context, settings)), new NodeId(id), cluster);
  }

  static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void heard(Peer from, Envelope envelope) {
    heard.add(new Heard(from, envelope));
  }

  @Override
  public void rejected(String reason) {
    rejected.add(reason);
  }

  Peer peer() {
    return new Peer(id, transport.address());
  }

  Envelope envelope(NodeId to, Message message) {
    return new Envelope(cluster, id, 1, to, 5, new HybridTimestamp(9), message);
  }

  /// Sends all of these in one turn of the event loop.
  void send(Peer to, List<Message> messages) {
    context.runOnContext(
        _ -> {
          for (Message message : messages) {
            transport.send(to, envelope(to.id(), message));
          }
        });
  }

  List<Message> messages() {
    return List.copyOf(heard).stream().map(each -> each.envelope().message()).toList();
  }

  TransportStats.Traffic traffic(TransportStats.Direction direction, TransportStats.Path path) {
    return transport.stats().traffic().get(new TransportStats.Line(direction, path));
  }

  long dropped(String reason) {
    return transport.stats().dropped().getOrDefault(reason, 0L);
  }

  long rejectedCount(String reason) {
    return transport.stats().rejected().getOrDefault(reason, 0L);
  }

  void close() {
    join(transport.close());
  }

  static void eventually(Callable<Boolean> holds) {
    await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5)).until(holds);
  }
}
