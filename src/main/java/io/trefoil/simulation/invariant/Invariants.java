package io.trefoil.simulation.invariant;

import io.trefoil.simulation.world.World;

/// What must hold after every event, and what when all is at rest (protocol §7).
public final class Invariants {

  private Invariants() {}

  /// Watches over all of them in a world from now on.
  public static void watch(World world) {
    world.observe(new OneMapPerEpoch(world));
    world.observe(new EpochsOnlyGrow(world));
    world.observe(new LeasesLapse(world));
    world.observe(new PromisesAreKept(world));
    world.observe(new OneRecordPerBallot(world));
    world.observe(new DrawsAreNeverRepeated(world));
  }

  /// Whether no node keeps a tombstone any more; true some time after all came to rest.
  public static boolean areTombstonesGone(World world) {
    return NothingEmpty.holds(world);
  }

  /// Judges a cluster in which nothing goes on any more.
  public static void atRest(World world) {
    var cluster = AtRest.of(world);
    ViewsAgree.violation(cluster).ifPresent(what -> world.violated(ViewsAgree.RULE, what));
    CopiesAreEqual.violation(cluster).ifPresent(what -> world.violated(CopiesAreEqual.RULE, what));
    NoSurplus.violation(cluster).ifPresent(what -> world.violated(NoSurplus.RULE, what));
  }
}
