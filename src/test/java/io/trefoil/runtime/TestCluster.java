package io.trefoil.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.membership.MembershipSettings;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import io.trefoil.core.node.NodeSettings;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.stabilization.CopyPolicy;
import io.trefoil.runtime.TrefoilSettings.Engine;
import io.trefoil.storage.SyncPolicy;
import io.trefoil.wire.ClusterKeys;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Some nodes in this process, on loopback, with real sockets and real disks.
final class TestCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  final List<String> operations = new CopyOnWriteArrayList<>();
  final List<String> broken = new CopyOnWriteArrayList<>();
  final Map<String, SimpleMeterRegistry> meters = new LinkedHashMap<>();
  final Map<String, NodeStatus> statuses = new LinkedHashMap<>();
  final Vertx vertx = Vertx.vertx();

  private final Map<String, Address> peers = new LinkedHashMap<>();
  private final Map<String, ClusterKeys> keys = new LinkedHashMap<>();
  private final Map<String, String> deployments = new LinkedHashMap<>();
  private final Engine engine;
  private final Path folder;
  private Optional<Tracer> tracer = Optional.empty();

  /// A cluster whose nodes are not started yet; all of them are seeds.
  TestCluster(Engine engine, Path folder, String... names) throws IOException {
    this.engine = engine;
    this.folder = folder;
    List<DatagramSocket> held = new ArrayList<>();
    while (peers.size() < names.length) {
      DatagramSocket free = new DatagramSocket(0, InetAddress.getByName(HOST));
      held.add(free);
      if (isFreeForStreams(free.getLocalPort())) {
        peers.put(names[peers.size()], new Address(HOST, free.getLocalPort()));
      }
    }
    held.forEach(DatagramSocket::close);
  }

  /// A port may be free for datagrams and in use by a connection of another test.
  private static boolean isFreeForStreams(int port) throws IOException {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
      return true;
    } catch (BindException _) {
      return false;
    }
  }

  /// Has nodes that are started from now on draw spans.
  void traceWith(Tracer tracer) {
    this.tracer = Optional.of(tracer);
  }

  /// Gives a node keys for when it is started.
  void sealWith(String name, String entries) {
    keys.put(name, ClusterKeys.parse(List.of(entries.split(","))));
  }

  /// Starts one node and waits until its sockets are bound.
  void start(String name) {
    NodeStatus status = new NodeStatus();
    statuses.put(name, status);
    meters.put(name, new SimpleMeterRegistry());
    Hosting hosting =
        new Hosting(
            address(name),
            status,
            meters.get(name),
            tracer,
            operations::add,
            why -> broken.add(why));
    deployments.put(name, wait(vertx.deployVerticle(new NodeVerticle(plan(name), hosting))));
  }

  /// Starts all nodes and waits until all are ready and know each other.
  void startAll() {
    peers.keySet().forEach(this::start);
    peers.keySet().forEach(this::awaitReady);
  }

  /// Stops one node in good order.
  void stop(String name) {
    wait(vertx.undeploy(deployments.remove(name)));
  }

  void awaitReady(String name) {
    await().atMost(Duration.ofSeconds(30)).until(() -> statuses.get(name).readiness().ready());
  }

  NodeFacade facade(String name) {
    return new NodeFacade(vertx, statuses.get(name), address(name));
  }

  Outcome ask(String name, Operation operation) {
    return get(facade(name).ask(Request.of(operation)));
  }

  <T> T get(Uni<T> answer) {
    return answer.await().atMost(Duration.ofSeconds(20));
  }

  Address peer(String name) {
    return peers.get(name);
  }

  NodePlan plan(String name) {
    Address peer = peers.get(name);
    NodeSettings settings =
        new NodeSettings(
            "orchard",
            name,
            "",
            1,
            peer,
            "",
            List.copyOf(peers.values()),
            new Partitions(64),
            ClusterMap.DEFAULT_REPLICATION,
            32,
            1_000,
            MembershipSettings.DEFAULT,
            MapPolicy.DEFAULT,
            CopyPolicy.DEFAULT);
    return new NodePlan(
        settings,
        peer,
        keys.getOrDefault(name, ClusterKeys.NONE),
        folder.resolve(name),
        engine,
        0,
        SyncPolicy.ALWAYS,
        true);
  }

  @Override
  public void close() {
    List.copyOf(deployments.keySet()).forEach(this::stop);
    wait(vertx.close());
  }

  private static String address(String name) {
    return NodeFacade.ADDRESS + "." + name;
  }

  static <T> T wait(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
  }
}
