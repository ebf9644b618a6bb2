package io.trefoil.simulation;

import io.trefoil.core.node.Node;
import io.trefoil.simulation.fault.FaultPlan;
import io.trefoil.simulation.history.History;
import io.trefoil.simulation.history.Linearizability;
import io.trefoil.simulation.invariant.Forcings;
import io.trefoil.simulation.invariant.Invariants;
import io.trefoil.simulation.workload.Clients;
import io.trefoil.simulation.workload.Workload;
import io.trefoil.simulation.world.Chance;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.NodeFactory;
import io.trefoil.simulation.world.Trace;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// One run from its seed: a cluster starts, clients work while faults happen, everything is healed,
/// and then all must be well: every operation succeeds again, and every history is linearizable.
public final class Simulation {

  private static final long OPERATION_MILLIS = 1_000;
  private static final Duration SLICE = Duration.ofMillis(50);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration STABLE_WITHIN = Duration.ofSeconds(60);
  private static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(180);
  private static final Duration CALM_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);

  private final SimulationSettings settings;
  private final Predicate<Host> ready;
  private final World world;
  private final Trace trace;
  private final History history = new History();
  private final Clients clients;
  private final Workload workload;
  private final Forcings forcings = new Forcings();
  private final Redundancy redundancy;
  private boolean healed;

  /// Runs the product's node.
  public static Report run(SimulationSettings settings) {
    return of(settings).run();
  }

  /// A run of the product's node that has not begun.
  public static Simulation of(SimulationSettings settings) {
    return new Simulation(
        settings,
        (node, recovered, seed) -> new Node(node, recovered, settings.rules(), seed),
        Simulation::isNodeReady);
  }

  private static boolean isNodeReady(Host host) {
    return host.machine().filter(m -> m instanceof Node node && node.isReady()).isPresent();
  }

  /// A run that has not begun.
  ///
  /// @param nodes makes what runs on the hosts
  /// @param ready whether a node is ready for clients
  Simulation(SimulationSettings settings, NodeFactory nodes, Predicate<Host> ready) {
    this.settings = settings;
    this.ready = ready;
    this.world = new World(worldSettings(settings), nodes);
    this.trace = new Trace(settings.depth());
    this.clients = new Clients(world, history, OPERATION_MILLIS);
    this.workload = settings.scenario().workload(world.chance().stream("workload"));
    world.observe(trace);
    world.observe(forcings);
    Invariants.watch(world);
    this.redundancy = new Redundancy(world);
  }

  /// The world of the run, to look at or to watch.
  public World world() {
    return world;
  }

  private static WorldSettings worldSettings(SimulationSettings settings) {
    var quiet = WorldSettings.of(settings.seed(), settings.nodes());
    return settings.scenario().world(quiet, new Chance(settings.seed()));
  }

  /// Runs it to its end, or to the first violation.
  public Report run() {
    world.startSeeds();
    if (await(READY_WITHIN, this::areSeedsReady, "a cluster becomes ready")) {
      disturb();
      boolean well = recover() && (!changesMaps() || comeToRest());
      if (well) {
        workload.check().ifPresent(what -> world.violated("a healed cluster serves", what));
      }
      if (well || isLost()) {
        judge();
      }
    }
    return Report.of(settings, world, history, forcings, redundancy, trace.hash());
  }

  private boolean changesMaps() {
    return settings.scenario().mix().changesMaps();
  }

  private boolean areSeedsReady() {
    return world.hosts().stream().limit(world.settings().seeds()).allMatch(ready);
  }

  private boolean isReady() {
    return world.hosts().stream().allMatch(ready);
  }

  private boolean happens(Fault fault) {
    return !healed && (!changesMaps() || redundancy.permits(fault));
  }

  private void disturb() {
    FaultPlan.drawn(
            settings.scenario().mix(),
            world.chance().stream("faults"),
            settings.nodes(),
            settings.duration())
        .begin(world, this::happens);
    workload.start(clients);
    long end = world.nanos() + settings.duration().toNanos();
    while (!workload.isDone() && world.nanos() < end && world.violations().isEmpty()) {
      world.run(SLICE);
      if (changesMaps()) {
        redundancy.look();
      }
    }
  }

  /// Heals everything; false if the cluster does not come to rest.
  private boolean recover() {
    clients.stop();
    healed = true;
    world.apply(new Fault.Heal());
    world.apply(new Fault.Links(LinkQuality.GOOD));
    world.run(CALM_WITHIN);
    if (changesMaps()
        && !await(STABLE_WITHIN, this::isSettled, "a healed cluster becomes stable")) {
      return false;
    }
    if (isLost() || !await(ANSWERED_WITHIN, this::isReady, "a healed cluster becomes ready")) {
      return false;
    }
    clients.resume();
    workload.finish(clients);
    return await(ANSWERED_WITHIN, () -> clients.open() == 0, "operations end");
  }

  private boolean isSettled() {
    return isWhole() || isLost();
  }

  /// Whether nobody can help the cluster any more.
  private boolean isLost() {
    return changesMaps() && redundancy.isBeyondHelp();
  }

  private boolean isWhole() {
    return Redundancy.isWhole(world);
  }

  /// Whether tombstones are gone and everything is whole. It may be whole no longer although nobody
  /// writes: to forget a tombstone is to read, and that finds what has decayed on a disk.
  private boolean isAtRest() {
    return isWhole() && Invariants.areTombstonesGone(world);
  }

  /// Waits until nothing goes on any more, and looks at what every node then holds.
  private boolean comeToRest() {
    if (!await(STABLE_WITHIN, this::isWhole, "a cluster that nobody writes to is stable")) {
      return false;
    }
    if (!await(FORGOTTEN_WITHIN, this::isAtRest, "at rest every tombstone is forgotten")) {
      return false;
    }
    Invariants.atRest(world);
    return world.violations().isEmpty();
  }

  private void judge() {
    history.byKey().entrySet().stream()
        .filter(key -> !forcings.excuse(key.getKey()))
        .map(key -> Linearizability.violation(key.getKey(), key.getValue()))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(sentence -> world.violated("every history is linearizable", sentence));
  }

  private boolean await(Duration limit, BooleanSupplier holds, String rule) {
    long end = world.nanos() + limit.toNanos();
    while (!holds.getAsBoolean() && world.violations().isEmpty()) {
      if (world.nanos() >= end) {
        world.violated(rule, "not within " + limit.toSeconds() + " s");
      }
      world.run(SLICE);
    }
    return world.violations().isEmpty();
  }
}
