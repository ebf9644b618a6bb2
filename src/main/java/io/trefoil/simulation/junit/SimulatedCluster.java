package io.trefoil.simulation.junit;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Value;
import io.trefoil.core.node.Node;
import io.trefoil.simulation.history.History;
import io.trefoil.simulation.history.Linearizability;
import io.trefoil.simulation.invariant.Invariants;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.Violation;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A cluster of the product's own nodes in one thread and in virtual time. Nodes go by numbers from
/// 0. Time stands still unless a method here lets it pass; the same seed gives the same run.
///
/// Every method that waits throws an [AssertionError] with the seed if what it waits for does not
/// come.
public final class SimulatedCluster {

  private static final long TIMEOUT_MILLIS = 2_000;
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final Duration ANSWERED_WITHIN = Duration.ofMillis(2 * TIMEOUT_MILLIS);

  private final World world;
  private final RandomGenerator random;
  private final History history = new History();

  private SimulatedCluster(WorldSettings settings) {
    this.world = new World(settings, Node::new);
    this.random = world.chance().stream("test");
    Invariants.watch(world);
  }

  /// Starts nodes and waits until all are ready.
  ///
  /// @param seed all chance follows from it
  /// @param evictionDelaySeconds how long a dead node is waited for; above the lease of 10 s
  public static SimulatedCluster start(long seed, int nodes, int evictionDelaySeconds) {
    MapPolicy plain = MapPolicy.DEFAULT;
    var policy =
        new MapPolicy(
            Duration.ofSeconds(evictionDelaySeconds),
            plain.seatDelay(),
            plain.lease(),
            plain.onMajorityLoss(),
            plain.movesAtOnce());
    var cluster = new SimulatedCluster(WorldSettings.of(seed, nodes).with(policy));
    cluster.world.startAll();
    cluster.await("all nodes are ready", cluster::isReady);
    return cluster;
  }

  /// The run's seed.
  public long seed() {
    return world.settings().seed();
  }

  /// Draws for the test's own choices, from the run's seed.
  public RandomGenerator random() {
    return random;
  }

  /// The world beneath, for what is not offered here.
  public World world() {
    return world;
  }

  /// Writes a key, whatever it holds, through any node.
  public Outcome put(String key, String value) {
    return ask(anyNode(), write(key, value));
  }

  /// Writes a key that has no value, through any node.
  public Outcome create(String key, String value) {
    return ask(anyNode(), new Operation.Put(new Key(key), value(value), new Condition.Absent()));
  }

  /// Writes a key that has a value, through any node.
  public Outcome update(String key, String value) {
    return ask(anyNode(), new Operation.Put(new Key(key), value(value), new Condition.Present()));
  }

  /// Deletes a key that has a value, through any node.
  public Outcome delete(String key) {
    return ask(anyNode(), new Operation.Delete(new Key(key), new Condition.Present()));
  }

  /// Reads a key through any node; empty if it has no value.
  ///
  /// @throws AssertionError if the read is not answered; [#ask] has all outcomes
  public Optional<String> get(String key) {
    Outcome outcome = ask(anyNode(), read(key));
    if (outcome instanceof Outcome.Found(var record)) {
      return record.flatMap(Record::value).map(SimulatedCluster::text);
    }
    throw failure("a read of " + key + " ended as " + outcome);
  }

  /// A linearizable read, for [#ask].
  public static Operation read(String key) {
    return new Operation.Get(new Key(key), Consistency.LINEARIZABLE);
  }

  /// A write without a condition, for [#ask].
  public static Operation write(String key, String value) {
    return new Operation.Put(new Key(key), value(value), new Condition.Always());
  }

  /// Asks one node and lets time pass until it answers.
  ///
  /// @throws AssertionError if no process runs there, or it dies first
  public Outcome ask(int node, Operation operation) {
    var answers = new ArrayList<Optional<Outcome>>();
    begin(node, operation, answers::add);
    await("an answer to " + operation, ANSWERED_WITHIN, () -> !answers.isEmpty());
    return answers
        .getFirst()
        .orElseThrow(() -> failure("node " + node + " died before it answered " + operation));
  }

  /// Asks one node and does not wait.
  ///
  /// @param then takes the outcome, once; empty if the process died first
  public void begin(int node, Operation operation, Consumer<Optional<Outcome>> then) {
    int call = history.invoke(0, node, operation, world.nanos());
    var request = new Request(operation, Request.Ack.QUORUM, 0, TIMEOUT_MILLIS);
    boolean taken =
        world.ask(
            world.host(node),
            request,
            outcome -> {
              outcome.ifPresent(end -> history.complete(call, end, world.nanos()));
              then.accept(outcome);
            });
    if (!taken) {
      throw failure("no process runs on node " + node);
    }
  }

  /// Lets time pass.
  public void advance(Duration duration) {
    world.run(duration);
  }

  /// Kills a process; its disk keeps what was durable.
  public void crash(int node) {
    apply(new Fault.Crash(node));
  }

  /// Starts a process on its disk.
  public void restart(int node) {
    apply(new Fault.Restart(node));
  }

  /// Kills a process and starts it on an empty disk.
  public void wipe(int node) {
    apply(new Fault.Wipe(node));
  }

  /// Freezes a process, as SIGSTOP does.
  public void pause(int node) {
    apply(new Fault.Pause(node));
  }

  /// Lets a frozen process go on.
  public void resume(int node) {
    apply(new Fault.Resume(node));
  }

  /// Cuts some nodes off from the others.
  public void split(Integer... nodes) {
    apply(new Fault.Split(List.of(List.of(nodes))));
  }

  /// Every packet is lost with this probability from now on, 0 to 1.
  public void lose(double share) {
    apply(new Fault.Links(LinkQuality.GOOD.losing(share)));
  }

  /// Ends every fault: all processes run, all clocks are right, all packets arrive.
  public void heal() {
    apply(new Fault.Heal());
  }

  /// Lets any fault of the simulator happen.
  public void apply(Fault fault) {
    world.apply(fault);
  }

  /// Lets time pass until the members of the map are the nodes that run and all of them know that
  /// every key has all its copies. With a dead node that takes its eviction; with fewer running
  /// nodes than copies it never comes.
  public void awaitStable() {
    await("the cluster is stable", () -> running().stream().allMatch(this::isStable));
  }

  /// Lets time pass until something is so.
  ///
  /// @param what it is, for the error
  public void await(String what, BooleanSupplier holds) {
    await(what, SOON, holds);
  }

  /// The nodes that keep a key: primary, secondary, tertiary.
  public List<Integer> replicas(String key) {
    ClusterMap map = node(anyNode()).map().orElseThrow();
    return map.replicaSet(map.partitions().of(new Key(key))).all().stream()
        .map(this::numberOf)
        .toList();
  }

  /// A node whose process runs, drawn from the seed.
  public int anyNode() {
    List<Host> running = running();
    if (running.isEmpty()) {
      throw failure("no process runs");
    }
    return running.get(random.nextInt(running.size())).number();
  }

  /// Demands that no invariant was broken and that all that was asked is linearizable.
  public void check() {
    Linearizability.violation(history)
        .ifPresent(sentence -> world.violated("every history is linearizable", sentence));
    List<Violation> violations = world.violations();
    if (!violations.isEmpty()) {
      throw failure(violations.getFirst().toString());
    }
  }

  private void await(String what, Duration limit, BooleanSupplier holds) {
    long end = world.nanos() + limit.toNanos();
    while (!holds.getAsBoolean()) {
      if (world.nanos() >= end) {
        throw failure(what + ": not within " + limit.toSeconds() + " s");
      }
      world.run(STEP);
    }
  }

  private boolean isReady() {
    return world.hosts().stream()
        .allMatch(host -> host.status() == Status.UP && node(host.number()).isReady());
  }

  private boolean isStable(Host host) {
    Node node = node(host.number());
    List<NodeId> ids = running().stream().map(Host::id).sorted().toList();
    return node.map()
            .filter(map -> map.members().stream().map(MapMember::id).toList().equals(ids))
            .isPresent()
        && node.maps().summary().isStableIn(node.maps().epoch());
  }

  private List<Host> running() {
    return world.hosts().stream().filter(host -> host.status() == Status.UP).toList();
  }

  private Node node(int number) {
    return (Node) world.host(number).machine().orElseThrow();
  }

  private int numberOf(NodeId id) {
    return world.hosts().stream().filter(h -> h.id().equals(id)).findFirst().orElseThrow().number();
  }

  private AssertionError failure(String sentence) {
    return new AssertionError("seed " + seed() + ": " + sentence);
  }

  private static Value value(String text) {
    return Value.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Value value) {
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }
}
