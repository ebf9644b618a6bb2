package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Value;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Node;
import io.trefoil.core.node.Write;
import io.trefoil.simulation.history.History;
import io.trefoil.simulation.history.Linearizability;
import io.trefoil.simulation.invariant.Invariants;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.Observer;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Ten of the product's nodes in a world, each key on three of them, and everything they announce.
final class Cluster {

  static final int NODES = 10;
  static final long TIMEOUT_MILLIS = 2_000;
  private static final Duration STEP = Duration.ofMillis(20);

  /// Something that one host's node announced.
  record Said(int host, long nanos, Event event) {}

  final World world;
  final RandomGenerator random;
  final List<Said> said = new ArrayList<>();
  final History history = new History();

  Cluster(long seed) {
    this(WorldSettings.of(seed, NODES));
  }

  Cluster(WorldSettings settings) {
    world = new World(settings, Node::new);
    random = world.chance().stream("test");
    Invariants.watch(world);
    world.observe(
        new Observer() {
          @Override
          public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
            if (effect instanceof Effect.Announce<Envelope, Alarm, Write>(Event event)) {
              said.add(new Said(host.number(), nanos, event));
            }
          }
        });
  }

  /// Ten nodes, started at different times, each ready and holding all others to be alive.
  static Cluster ready(long seed) {
    return ready(WorldSettings.of(seed, NODES));
  }

  static Cluster ready(WorldSettings settings) {
    var cluster = new Cluster(settings);
    cluster.start();
    return cluster;
  }

  private void start() {
    for (Host host : world.hosts()) {
      world.after(Duration.ofMillis(250L * host.number()), () -> world.start(host));
    }
    Duration limit = Duration.ofSeconds(30);
    await(limit, "all nodes are ready", () -> world.hosts().stream().allMatch(this::seesAll));
  }

  private boolean seesAll(Host host) {
    return host.status() == Status.UP && node(host.number()).isReady() && alive(host) == size();
  }

  private long alive(Host host) {
    return world.hosts().stream()
        .filter(other -> other == host || isAlive(host.number(), other.number()))
        .count();
  }

  private int size() {
    return world.hosts().size();
  }

  /// Whether one node holds another to be alive.
  boolean isAlive(int viewer, int other) {
    return node(viewer).membership().isReachable(world.host(other).id());
  }

  Node node(int host) {
    return (Node) world.host(host).machine().orElseThrow();
  }

  void run(Duration duration) {
    world.run(duration);
  }

  void crash(int host) {
    world.apply(new Fault.Crash(host));
  }

  void await(Duration limit, String what, java.util.function.BooleanSupplier holds) {
    long end = world.nanos() + limit.toNanos();
    while (!holds.getAsBoolean()) {
      assertTrue(world.nanos() < end, () -> what + ", not within " + limit + " " + this);
      world.run(STEP);
    }
  }

  /// Asks a node and waits for its answer, then until every replica had its turn.
  Outcome ask(int host, Operation operation) {
    var answers = new ArrayList<Optional<Outcome>>();
    begin(host, operation, answers);
    Duration limit = Duration.ofMillis(TIMEOUT_MILLIS + 100);
    await(limit, "an answer", () -> !answers.isEmpty());
    run(Duration.ofMillis(200));
    return answers.getFirst().orElseThrow();
  }

  /// Asks a node without waiting.
  void begin(int host, Operation operation, List<Optional<Outcome>> answers) {
    begin(host, operation, 0, answers);
  }

  /// The same with the hash of an Idempotency-Key.
  void begin(int host, Operation operation, long idempotency, List<Optional<Outcome>> answers) {
    int call = history.invoke(0, host, operation, world.nanos());
    var request = new Request(operation, Request.Ack.QUORUM, idempotency, TIMEOUT_MILLIS);
    boolean accepted =
        world.ask(
            world.host(host),
            request,
            outcome -> {
              outcome.ifPresent(o -> history.complete(call, o, world.nanos()));
              answers.add(outcome);
            });
    assertTrue(accepted, "the node runs");
  }

  /// A node that runs.
  int anyRunning() {
    return anyRunning(_ -> true);
  }

  int anyRunning(Predicate<Integer> which) {
    List<Integer> running =
        world.hosts().stream()
            .filter(host -> host.status() == Status.UP)
            .map(Host::number)
            .filter(which)
            .toList();
    return running.get(random.nextInt(running.size()));
  }

  /// The hosts that vote for a key: primary, secondary, tertiary.
  List<Integer> replicas(Key key) {
    ClusterMap map = node(anyRunning()).map().orElseThrow();
    return map.replicaSet(map.partitions().of(key)).old().stream().map(this::hostOf).toList();
  }

  private int hostOf(NodeId id) {
    return world.hosts().stream().filter(h -> h.id().equals(id)).findFirst().orElseThrow().number();
  }

  /// On how many replicas an operation on a key went that way, since a point in what was said.
  long served(int since, OperationKind kind, Key key, boolean success) {
    return said.subList(since, said.size()).stream()
        .filter(
            s ->
                s.event() instanceof Event.ReplicaServed served
                    && served.kind() == kind
                    && served.key().equals(key)
                    && served.success() == success)
        .count();
  }

  /// How often a node was held dead by others that did not before.
  long removals(Predicate<NodeId> whom) {
    return said.stream()
        .filter(
            s ->
                s.event() instanceof Event.MemberChanged changed
                    && changed.state() == MemberState.DEAD
                    && whom.test(changed.node()))
        .count();
  }

  /// How often a node was heard of for the first time; each also hears of itself.
  long joins() {
    return said.stream()
        .filter(s -> s.event() instanceof Event.MemberChanged changed && changed.before().isEmpty())
        .count();
  }

  static Operation get(Key key) {
    return new Operation.Get(key, Consistency.LINEARIZABLE);
  }

  static Operation put(Key key, String value, Condition condition) {
    return new Operation.Put(key, value(value), condition);
  }

  static Operation delete(Key key) {
    return new Operation.Delete(key, new Condition.Present());
  }

  static Value value(String text) {
    return Value.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Optional<Value> found(Outcome outcome) {
    return outcome instanceof Outcome.Found(var record)
        ? record.flatMap(Record::value)
        : Optional.empty();
  }

  /// Nothing happened that must not.
  void assertClean() {
    Linearizability.violation(history).ifPresent(sentence -> world.violated("history", sentence));
    assertEquals(List.of(), world.violations(), this::toString);
  }

  @Override
  public String toString() {
    return "(seed " + world.settings().seed() + ")";
  }
}
