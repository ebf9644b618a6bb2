package io.trefoil.simulation.lab;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.membership.MembershipSettings;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Value;
import io.trefoil.core.node.Node;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.stabilization.CopyPolicy;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Measures a whole store: nodes start, keys are written, one node crashes, and its copies are made
/// anew. Tokens and times are those of the product.
public final class StoreTrial {

  private static final int SEEDS = 3;
  private static final int WRITERS = 500;
  private static final Duration SLICE = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final World world;
  private final RandomGenerator random;
  private final int keys;
  private int begun;
  private int ended;
  private int notDone;

  private StoreTrial(long seed, int nodes, int keys, int partitions) {
    this.keys = keys;
    this.world =
        new World(
            new WorldSettings(
                seed,
                nodes,
                Math.min(SEEDS, nodes),
                LinkQuality.GOOD,
                Duration.ofMillis(2),
                new Partitions(partitions),
                ClusterMap.DEFAULT_REPLICATION,
                ClusterMap.DEFAULT_TOKENS,
                MembershipSettings.DEFAULT,
                MapPolicy.DEFAULT,
                CopyPolicy.DEFAULT),
            Node::new);
    this.random = world.chance().stream("trial");
  }

  /// Runs a trial to its end.
  ///
  /// @param nodes 4 or more: one crashes, and three are left to keep all
  /// @param keys 1 or more
  /// @param partitions a power of two
  public static StoreRow run(long seed, int nodes, int keys, int partitions) {
    if (nodes < 4 || keys < 1) {
      throw new IllegalArgumentException(
          "a store is measured with 4 nodes and 1 key at least, not " + nodes + " and " + keys);
    }
    if (partitions < 1 || Integer.bitCount(partitions) != 1) {
      throw new IllegalArgumentException(
          "there are no " + partitions + " partitions: 2, 4, 8, ...");
    }
    return new StoreTrial(seed, nodes, keys, partitions).run();
  }

  private StoreRow run() {
    int nodes = world.hosts().size();
    world.startAll();
    Optional<Duration> whole = await(this::isWhole);
    Optional<Duration> written = write();
    world.run(Duration.ofSeconds(5));
    double peak = peakToMean();
    world.apply(new Fault.Crash(random.nextInt(nodes)));
    Optional<Duration> repaired = await(this::isWhole);
    world.run(Duration.ofSeconds(5));
    int wrong = wrongCopies();
    return new StoreRow(
        nodes,
        keys,
        whole,
        written.orElse(LIMIT),
        notDone,
        peak,
        repaired,
        wrong,
        running().stream().mapToLong(host -> host.disk().keys()).sum() - copies(),
        world.events(),
        Duration.ofNanos(world.nanos()));
  }

  private Optional<Duration> await(BooleanSupplier holds) {
    long since = world.nanos();
    do {
      if (world.nanos() - since > LIMIT.toNanos()) {
        return Optional.empty();
      }
      world.run(SLICE);
    } while (!holds.getAsBoolean());
    return Optional.of(Duration.ofNanos(world.nanos() - since));
  }

  /// Whether the map's members are those that run, all know the same map, and are ready in it.
  private boolean isWhole() {
    List<NodeId> ids = running().stream().map(Host::id).sorted().toList();
    return running().stream()
        .map(StoreTrial::node)
        .allMatch(
            node ->
                node.isReady()
                    && node.maps().summary().isStableIn(node.maps().epoch())
                    && members(node).equals(ids));
  }

  private static List<NodeId> members(Node node) {
    return node.map().orElseThrow().members().stream().map(MapMember::id).toList();
  }

  private Optional<Duration> write() {
    for (int writer = 0; writer < Math.min(WRITERS, keys); writer++) {
      writeNext();
    }
    return await(() -> ended == keys);
  }

  private void writeNext() {
    if (begun == keys) {
      return;
    }
    Key key = key(begun++);
    Value value = Value.of(("value of " + key).getBytes(StandardCharsets.UTF_8));
    List<Host> running = running();
    world.ask(
        running.get(random.nextInt(running.size())),
        Request.of(new Operation.Put(key, value, new Condition.Always())),
        outcome -> {
          ended++;
          notDone += outcome.filter(end -> end instanceof Outcome.Done).isPresent() ? 0 : 1;
          writeNext();
        });
  }

  private double peakToMean() {
    var counts = running().stream().mapToInt(host -> host.disk().keys()).summaryStatistics();
    return counts.getMax() / counts.getAverage();
  }

  private int wrongCopies() {
    ClusterMap map = node(running().getFirst()).map().orElseThrow();
    Map<NodeId, Host> hosts = new LinkedHashMap<>();
    running().forEach(host -> hosts.put(host.id(), host));
    int wrong = 0;
    for (int number = 0; number < keys; number++) {
      int partition = map.partitions().of(key(number));
      Key key = key(number);
      long different =
          map.replicaSet(partition).all().stream()
              .map(id -> hosts.get(id).disk().latest(partition, key))
              .map(Register::accepted)
              .distinct()
              .count();
      boolean there =
          hosts
              .get(map.replicaSet(partition).all().getFirst())
              .disk()
              .latest(partition, key)
              .record()
              .isPresent();
      wrong += different == 1 && there ? 0 : 1;
    }
    return wrong;
  }

  private long copies() {
    return (long) keys * ClusterMap.DEFAULT_REPLICATION;
  }

  private List<Host> running() {
    return world.hosts().stream().filter(host -> host.status() == Status.UP).toList();
  }

  private static Node node(Host host) {
    return (Node) host.machine().orElseThrow();
  }

  private static Key key(int number) {
    return new Key("key-" + number);
  }
}
