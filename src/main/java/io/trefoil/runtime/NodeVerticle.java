package io.trefoil.runtime;

import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.News;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Node;
import io.trefoil.core.node.Recovered;
import io.trefoil.storage.MemoryStore;
import io.trefoil.storage.RocksStore;
import io.trefoil.storage.Store;
import io.trefoil.transport.Transport;
import io.trefoil.transport.TransportSettings;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// One node on one event loop, from opening its store and its sockets to closing them.
///
/// Order of a start: the store is opened, which counts the run; then the sockets are bound; then
/// the node is made; then packets are let in.
final class NodeVerticle extends AbstractVerticle {

  private static final Logger LOG = Logger.getLogger(NodeVerticle.class);

  /// How long a stopping node goes on with what clients have asked.
  private static final long FAREWELL_MILLIS = 2_000;

  private static final long FAREWELL_STEP_MILLIS = 50;

  private final NodePlan plan;
  private final Hosting hosting;
  private final SecureRandom random = new SecureRandom();
  private Node node;
  private NodeHost host;
  private Transport transport;
  private Pulse pulse;
  private Desk desk;
  private Reception reception;
  private MessageConsumer<NodeCall> calls;

  /// A node that is started when this is deployed.
  NodeVerticle(NodePlan plan, Hosting hosting) {
    this.plan = plan;
    this.hosting = hosting;
  }

  @Override
  public void start(Promise<Void> started) {
    ByReference.register(vertx.eventBus());
    vertx
        .executeBlocking(this::openStore)
        .compose(store -> bind(store).onFailure(_ -> store.close()))
        .onComplete(started);
  }

  @Override
  public void stop(Promise<Void> stopped) {
    Future<Void> deaf = calls.unregister();
    reception.depart();
    pulse.stop();
    deaf.onComplete(_ -> farewell(FAREWELL_MILLIS, stopped));
  }

  private Store openStore() throws IOException {
    return switch (plan.engine()) {
      case MEMORY -> new MemoryStore(random);
      case ROCKSDB -> RocksStore.open(plan.store(), WireFormat.format(), random);
    };
  }

  private Future<Void> bind(Store store) {
    LOG.infof("Seals of packets, the first to send, each accepted: %s", plan.keys());
    Recovered recovered = store.recovered();
    long cluster = Node.clusterHash(plan.node().cluster());
    TransportSettings sockets =
        new TransportSettings(
            plan.listen(),
            plan.node().address(),
            cluster,
            recovered.id(),
            recovered.run(),
            plan.keys());
    return Transport.open(context, sockets)
        .map(
            bound -> {
              transport = bound;
              begin(store, recovered);
              return null;
            });
  }

  private void begin(Store store, Recovered recovered) {
    var settings = plan.nodeAt(transport.address());
    node = new Node(settings, recovered, random.nextLong());
    NodeMetrics metrics = new NodeMetrics(hosting.meters(), transport::stats);
    desk = new Desk(vertx, news -> host.tell(news), random.nextLong() >>> 1);
    Watcher watcher = new Watchers(watchers(metrics));
    Consumer<String> broken = this::fail;
    host =
        new NodeHost(
            node, new Surroundings(context, store, plan.sync(), transport::send, watcher, broken));
    warnOfDamage(recovered.damaged());
    hosting.status().identify(node.id(), settings.name());
    hosting.status().bind();
    reception = new Reception(vertx, plan.node().cluster(), node, host, desk);
    calls = vertx.eventBus().localConsumer(hosting.address(), reception::called);
    transport.start(host);
    host.tell(new News.Started());
    List<Address> seeds = settings.seeds();
    SeedResolver resolver = new SeedResolver(seeds, settings.address().host().contains(":"));
    pulse = new Pulse(vertx, node, host, hosting.status(), metrics, resolver);
    pulse.start();
  }

  private List<Watcher> watchers(NodeMetrics metrics) {
    List<Watcher> all = new ArrayList<>();
    all.add(new EventPublisher(vertx.eventBus()));
    all.add(metrics);
    all.add(new Changes());
    all.add(desk);
    all.add(new Recoveries(hosting.meters(), node::map));
    hosting
        .tracer()
        .ifPresent(tracer -> all.add(new Tracing(tracer, plan.node().name(), this::nameOf)));
    if (plan.operationsLog()) {
      all.add(new OperationLog(plan.node().name(), this::partitionOf, hosting.operations()));
    }
    return all;
  }

  /// Has the status follow what the node announces, once the turn in which it does has ended.
  private final class Changes implements Watcher {
    @Override
    public void happened(Event event) {
      switch (event) {
        case Event.MapAdopted _,
            Event.MemberChanged _,
            Event.Isolated _,
            Event.CopyFinished _,
            Event.LeaseHeld _,
            Event.LeaseLost _ ->
            context.runOnContext(_ -> pulse.report());
        case Event.CopyDamaged(int partition) -> warnOfDamage(List.of(partition));
        case Event.ReplicaServed _,
            Event.Step _,
            Event.PacketRejected _,
            Event.ClockSkewed _,
            Event.CouncilForced _,
            Event.Surveyed _,
            Event.KeysListed _,
            Event.OrderAnswered _ -> {
          // The status does not depend on these.
        }
      }
    }
  }

  private static void warnOfDamage(List<Integer> partitions) {
    if (!partitions.isEmpty()) {
      LOG.errorf(
          "This node's copy of partitions %s is damaged: it does not vote for them", partitions);
    }
  }

  private int partitionOf(Key key) {
    return node.map().map(map -> map.partitions().of(key)).orElse(-1);
  }

  private String nameOf(NodeId id) {
    return node.map().flatMap(map -> map.member(id)).map(MapMember::name).orElse(id.toString());
  }

  private void fail(String reason) {
    hosting.status().fail(reason);
    hosting.broken().accept(reason);
  }

  private void farewell(long millisLeft, Promise<Void> stopped) {
    vertx.setTimer(
        FAREWELL_STEP_MILLIS,
        _ -> {
          if (host.openOperations() > 0 && millisLeft > 0) {
            farewell(millisLeft - FAREWELL_STEP_MILLIS, stopped);
          } else {
            close().onComplete(stopped);
          }
        });
  }

  private Future<Void> close() {
    host.end();
    return transport
        .close()
        .transform(
            _ ->
                vertx.executeBlocking(
                    () -> {
                      host.close();
                      return null;
                    }));
  }
}
