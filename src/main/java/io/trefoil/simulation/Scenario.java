package io.trefoil.simulation;

import io.trefoil.simulation.fault.FaultMix;
import io.trefoil.simulation.workload.Bulk;
import io.trefoil.simulation.workload.Counter;
import io.trefoil.simulation.workload.GrowingSet;
import io.trefoil.simulation.workload.RegisterMix;
import io.trefoil.simulation.workload.Workload;
import io.trefoil.simulation.world.Chance;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// What is done to a simulated cluster, by name.
public enum Scenario {
  /// All kinds of operations on few keys; nothing goes wrong.
  CALM(FaultMix.CALM, Scenario::registers),
  /// The same while packets are lost, doubled, late and out of order.
  LOSSY(FaultMix.LOSSY, Scenario::registers),
  /// The same while processes also die and come back.
  CRASHES(FaultMix.CRASHES, Scenario::registers),
  /// The same while the network also falls apart.
  SPLITS(FaultMix.SPLITS, Scenario::registers),
  /// The same while processes and disks also stand still.
  PAUSES(FaultMix.PAUSES, Scenario::registers),
  /// The same while clocks also are wrong.
  CLOCKS(FaultMix.CLOCKS, Scenario::registers),
  /// The same while all of it happens.
  EVERYTHING(FaultMix.EVERYTHING, Scenario::registers),
  /// The same while processes die and come back, one of them once with an empty disk.
  WIPES(FaultMix.WIPES, Scenario::registers),
  /// The same while disks are slow, fail, and one of them loses parts of what it holds.
  DISKS(FaultMix.DISKS, Scenario::registers),
  /// All kinds of operations on more keys for longer, while nodes die until they are given up, and
  /// return.
  DEATHS(FaultMix.DEATHS, Scenario::longRegisters),
  /// The same while disks are lost, one after another.
  REPLACEMENTS(FaultMix.REPLACEMENTS, Scenario::longRegisters),
  /// The same while a cluster of one, two or three nodes grows, and nodes also leave.
  JOINS(FaultMix.JOINS, Scenario::longRegisters),
  /// The same while the network falls apart until nodes are given up.
  LONG_SPLITS(FaultMix.LONG_SPLITS, Scenario::longRegisters),
  /// The same while nodes hear others and are not heard, or are heard and hear nobody, and clients
  /// repeat every write until they know that it was done.
  ONE_SIDED(FaultMix.ONE_SIDED, Scenario::persistentRegisters),
  /// The same while nodes are of this release or of the next, whose packets hold what this one has
  /// never heard of.
  UPGRADES(FaultMix.UPGRADES, Scenario::longRegisters),
  /// The same while all of it happens, and whatever else goes wrong.
  TURMOIL(FaultMix.TURMOIL, Scenario::longRegisters),
  /// The same while nodes also change their addresses, links flap, disks lose parts of what they
  /// hold, and some are of the next release: everything there is.
  MAYHEM(FaultMix.MAYHEM, Scenario::longRegisters),
  /// Many keys are created, read, updated and deleted; nothing goes wrong.
  BULK(FaultMix.CALM, _ -> new Bulk(10, 500)),
  /// The same while all of it goes wrong.
  BULK_UNDER_FIRE(FaultMix.EVERYTHING, _ -> new Bulk(10, 500)),
  /// Ten clients raise one number a hundred times each by compare-and-set.
  COUNTER(FaultMix.CALM, _ -> new Counter(10, 100)),
  /// The same, fewer times, while all of it goes wrong.
  COUNTER_UNDER_FIRE(FaultMix.EVERYTHING, _ -> new Counter(6, 10)),
  /// Six clients add to one set by compare-and-set; nothing goes wrong.
  SET(FaultMix.CALM, _ -> new GrowingSet(6, 20)),
  /// The same, while all of it goes wrong.
  SET_UNDER_FIRE(FaultMix.EVERYTHING, _ -> new GrowingSet(6, 10));

  private static final int MOST_CLIENTS = 9;
  private static final int MOST_KEYS_AT_ONCE = 4;
  private static final int KEYS = 20;
  private static final int OPERATIONS = 40;
  private static final int SOME_INSIST = 4;
  private static final int ALL_INSIST = 1;
  private static final int LONG_KEYS = 60;
  private static final int LONG_OPERATIONS = 24;
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(60).toNanos();

  private final FaultMix mix;
  private final Function<RandomGenerator, Workload> workload;

  Scenario(FaultMix mix, Function<RandomGenerator, Workload> workload) {
    this.mix = mix;
    this.workload = workload;
  }

  /// The scenario of that name.
  ///
  /// @throws IllegalArgumentException with the names there are
  public static Scenario named(String name) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + name + "' is no scenario; there are " + String.join(", ", names())));
  }

  /// All names.
  public static List<String> names() {
    return Arrays.stream(values()).map(Scenario::label).toList();
  }

  /// The name, in lower case with hyphens.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What goes wrong.
  public FaultMix mix() {
    return mix;
  }

  /// The world in which it happens.
  WorldSettings world(WorldSettings quiet, Chance chance) {
    var world = quiet.with(mix.links(chance.stream("links"))).with(mix.sync(chance.stream("sync")));
    return mix.changesMaps()
        ? Premises.drawn(chance.stream("premises"), quiet.hosts(), this == JOINS).applied(world)
        : world;
  }

  /// What clients do; made anew for each run.
  public Workload workload(RandomGenerator random) {
    return workload.apply(random);
  }

  private static Workload registers(RandomGenerator random) {
    return new RegisterMix(
        new RegisterMix.Shape(
            random.nextInt(2, MOST_CLIENTS),
            random.nextInt(1, MOST_KEYS_AT_ONCE),
            KEYS,
            OPERATIONS,
            Duration.ofNanos(random.nextLong(LONGEST_PAUSE_NANOS)),
            false,
            SOME_INSIST));
  }

  /// Fewer operations a second, so that the map changes many times meanwhile.
  private static Workload longRegisters(RandomGenerator random) {
    return longRegisters(random, SOME_INSIST);
  }

  private static Workload persistentRegisters(RandomGenerator random) {
    return longRegisters(random, ALL_INSIST);
  }

  private static Workload longRegisters(RandomGenerator random, int insisting) {
    int clients = random.nextInt(2, MOST_CLIENTS);
    return new RegisterMix(
        new RegisterMix.Shape(
            clients,
            random.nextInt(4, 16),
            LONG_KEYS,
            LONG_OPERATIONS,
            Duration.ofMillis(clients * random.nextLong(10, 40)),
            true,
            insisting));
  }
}
