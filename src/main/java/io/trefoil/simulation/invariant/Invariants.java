package io.trefoil.simulation.invariant;

import io.trefoil.simulation.world.World;

/// What must hold after every event (protocol §7).
public final class Invariants {

  private Invariants() {}

  /// Watches over all of them in a world from now on.
  public static void watch(World world) {
    world.observe(new OneMapPerEpoch(world));
    world.observe(new EpochsOnlyGrow(world));
    world.observe(new PromisesAreKept(world));
    world.observe(new OneRecordPerBallot(world));
    world.observe(new DrawsAreNeverRepeated(world));
  }
}
