package io.trefoil.simulation.heritage;

import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.membership.MembershipSettings;
import io.trefoil.core.node.Node;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.stabilization.CopyPolicy;
import io.trefoil.simulation.invariant.Invariants;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.Violation;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// One scenario of the original assignment on the product's own nodes. The original's engine
/// counted ticks from 0 to 699; here a tick is a second of virtual time. Its log comes out as the
/// original wrote it, so that the original's graders can judge it.
public final class HeritageRun {

  static final int NODES = 10;
  private static final int TICKS = 700;
  private static final int PARTITIONS = 512;
  private static final double START_EVERY = 0.25;
  private static final long TICK = Duration.ofSeconds(1).toNanos();
  private static final MapPolicy POLICY =
      new MapPolicy(
          Duration.ofSeconds(8),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          MapPolicy.MajorityLoss.SURVIVOR,
          MapPolicy.DEFAULT.movesAtOnce());

  private final World world;
  private final Script script;

  private HeritageRun(HeritageScenario scenario, long seed, Consumer<String> log) {
    this.world = new World(settings(seed), Node::new);
    Invariants.watch(world);
    var lines = new HeritageLog(log, () -> (int) (world.nanos() / TICK));
    var ledger = new Ledger();
    world.observe(new Reporter(world, ledger, lines));
    var stage = new Stage(world, lines, ledger, world.chance().stream("heritage driver"));
    this.script = scenario.script(stage, world.chance().stream("heritage script"));
  }

  /// Runs a scenario.
  ///
  /// @param seed all chance follows from it
  /// @param log takes the text of the log, piece by piece
  /// @return what happened that must not, by the product's own rules
  public static List<Violation> run(HeritageScenario scenario, long seed, Consumer<String> log) {
    return new HeritageRun(scenario, seed, log).run();
  }

  /// The classic ring of as many positions as the original's, with one token for each node, and one
  /// node that introduces all others.
  private static WorldSettings settings(long seed) {
    return new WorldSettings(
        seed,
        NODES,
        1,
        LinkQuality.GOOD,
        Duration.ofMillis(2),
        new Partitions(PARTITIONS),
        3,
        1,
        MembershipSettings.DEFAULT,
        POLICY,
        CopyPolicy.DEFAULT);
  }

  private List<Violation> run() {
    for (int tick = 0; tick < TICKS; tick++) {
      world.runUntil(tick * TICK);
      startDue(tick);
      script.begins(tick);
      world.runUntil((tick + 1) * TICK - 1);
      script.ends(tick);
    }
    return List.copyOf(world.violations());
  }

  private void startDue(int tick) {
    for (Host host : world.hosts()) {
      if (tick == (int) (START_EVERY * host.number())) {
        world.start(host);
      }
    }
  }
}
