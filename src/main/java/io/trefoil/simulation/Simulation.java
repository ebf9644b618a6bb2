package io.trefoil.simulation;

import io.trefoil.core.node.Node;
import io.trefoil.simulation.fault.FaultMix;
import io.trefoil.simulation.fault.FaultPlan;
import io.trefoil.simulation.history.History;
import io.trefoil.simulation.history.Linearizability;
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
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// One run from its seed: a cluster starts, clients work while faults happen, everything is healed,
/// and then all must be well: every operation succeeds again, and every history is linearizable.
public final class Simulation {

  private static final long OPERATION_MILLIS = 1_000;
  private static final Duration SLICE = Duration.ofMillis(50);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration CALM_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);

  private final SimulationSettings settings;
  private final Predicate<Host> ready;
  private final World world;
  private final Trace trace;
  private final History history = new History();
  private final Clients clients;
  private final Workload workload;
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
    Invariants.watch(world);
  }

  /// The world of the run, to look at or to watch.
  public World world() {
    return world;
  }

  private static WorldSettings worldSettings(SimulationSettings settings) {
    FaultMix mix = settings.scenario().mix();
    var chance = new Chance(settings.seed());
    return WorldSettings.of(settings.seed(), settings.nodes())
        .with(mix.links(chance.stream("links")))
        .with(mix.sync(chance.stream("sync")));
  }

  /// Runs it to its end, or to the first violation.
  public Report run() {
    world.startAll();
    if (await(READY_WITHIN, this::isReady, "a cluster becomes ready")) {
      disturb();
      if (recover()) {
        judge();
      }
    }
    return Report.of(settings, world, history, trace.hash());
  }

  private boolean isReady() {
    return world.hosts().stream().allMatch(ready);
  }

  private void disturb() {
    FaultPlan.drawn(
            settings.scenario().mix(),
            world.chance().stream("faults"),
            settings.nodes(),
            settings.duration())
        .begin(world, () -> !healed);
    workload.start(clients);
    long end = world.nanos() + settings.duration().toNanos();
    while (!workload.isDone() && world.nanos() < end && world.violations().isEmpty()) {
      world.run(SLICE);
    }
  }

  /// Heals everything; false if the cluster does not come to rest.
  private boolean recover() {
    clients.stop();
    healed = true;
    world.apply(new Fault.Heal());
    world.apply(new Fault.Links(LinkQuality.GOOD));
    world.run(CALM_WITHIN);
    if (!await(ANSWERED_WITHIN, this::isReady, "a healed cluster becomes ready")) {
      return false;
    }
    clients.resume();
    workload.finish(clients);
    return await(ANSWERED_WITHIN, () -> clients.open() == 0, "operations end");
  }

  private void judge() {
    Linearizability.violation(history)
        .ifPresent(sentence -> world.violated("every history is linearizable", sentence));
    workload.check().ifPresent(sentence -> world.violated("a healed cluster serves", sentence));
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
