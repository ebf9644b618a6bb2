package io.trefoil.simulation.lab;

import io.trefoil.simulation.lab.MembershipRow.Durations;
import io.trefoil.simulation.lab.MembershipRow.Trouble;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.World;
import io.trefoil.wire.PacketCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Measures the membership of one size of cluster under one loss: all nodes start at once, rest,
/// crash one after another, and go through a pause, a one-way link and a split. Of those that are
/// settled, only what comes after the start, and a split that leaves few on one side.
public final class MembershipTrial {

  private static final int IP_AND_UDP_BYTES = 28;
  private static final Duration BOOTSTRAP_WITHIN = Duration.ofMinutes(10);
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(30);
  private static final Duration HEALED_WITHIN = Duration.ofMinutes(2);
  private static final Duration QUIET = Duration.ofSeconds(65);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration CUT = Duration.ofMinutes(1);
  private static final long PHASE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int RACK = 10;
  private static final double NANOS_PER_HOUR = 3.6e12;

  private final MembershipPlan plan;
  private final MembershipWorld cluster;
  private final World world;
  private final Sightings sightings;
  private final RandomGenerator random;

  private MembershipTrial(MembershipPlan plan) {
    this.plan = plan;
    this.cluster = new MembershipWorld(plan.seed(), plan.nodes(), plan.loss(), plan.settled());
    this.world = cluster.world;
    this.sightings = cluster.sightings;
    this.random = world.chance().stream("trial");
  }

  /// Runs a trial to its end.
  public static MembershipRow run(MembershipPlan plan) {
    return new MembershipTrial(plan).run();
  }

  private MembershipRow run() {
    world.startAll();
    Optional<Duration> oneView = cluster.awaitOneView(BOOTSTRAP_WITHIN);
    world.run(QUIET);
    long before = sightings.falseDeaths();
    double bytes = rest();
    long atRest = sightings.falseDeaths() - before;
    List<Long> first = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    for (int crash = 0; crash < plan.crashes(); crash++) {
      crash(first, all);
    }
    long whileCrashing = sightings.falseDeaths() - before - atRest;
    return new MembershipRow(
        plan,
        oneView.filter(_ -> !plan.settled()),
        bytes,
        atRest,
        plan.nodes() * plan.rest().toNanos() / NANOS_PER_HOUR,
        whileCrashing,
        new Durations(first),
        new Durations(all),
        pause(),
        oneWay(),
        split(),
        world.events(),
        Duration.ofNanos(world.nanos()));
  }

  /// Counts what nodes send while nothing happens, each packet as the wire has it.
  private double rest() {
    world.measure(envelope -> PacketCodec.encode(envelope).length + IP_AND_UDP_BYTES);
    long before = bytesSent();
    world.run(plan.rest());
    world.measure(_ -> 0);
    return (double) (bytesSent() - before) / plan.rest().toSeconds() / plan.nodes();
  }

  private long bytesSent() {
    return IntStream.range(0, plan.nodes()).mapToLong(world.network()::bytesFrom).sum();
  }

  /// One node crashes, is found, and comes back on its disk.
  private void crash(List<Long> first, List<Long> all) {
    world.run(Duration.ofNanos(random.nextLong(PHASE_NANOS)));
    int victim = random.nextInt(plan.nodes());
    sightings.lookOutFor(victim);
    long crashed = world.nanos();
    world.apply(new Fault.Crash(victim));
    cluster.await(FOUND_WITHIN, () -> sightings.found().size() >= plan.nodes() - 1);
    sightings.found().forEach(at -> all.add(at - crashed));
    sightings.found().stream().findFirst().ifPresent(at -> first.add(at - crashed));
    sightings.lookOutFor(-1);
    world.apply(new Fault.Restart(victim));
    cluster.awaitOneView(HEALED_WITHIN);
  }

  private Trouble pause() {
    int victim = random.nextInt(plan.nodes());
    sightings.lookOutFor(victim);
    return trouble(List.of(victim), PAUSE, new Fault.Pause(victim), new Fault.Resume(victim));
  }

  private Trouble oneWay() {
    int from = random.nextInt(plan.nodes());
    int to = (from + random.nextInt(1, plan.nodes())) % plan.nodes();
    sightings.lookOutFor(-1);
    return trouble(List.of(), CUT, new Fault.OneWay(from, to), new Fault.Reconnect());
  }

  /// Into halves; of those that are settled, a rack of ten is cut off.
  private Trouble split() {
    int half = plan.nodes() / 2;
    int apart = plan.settled() ? Math.min(RACK, half) : half;
    List<Integer> side = IntStream.range(0, apart).boxed().toList();
    List<Integer> all = IntStream.range(0, plan.nodes()).boxed().toList();
    return trouble(all, CUT, new Fault.Split(List.of(side)), new Fault.Reconnect());
  }

  /// @param touched the hosts that may rightly be held dead
  private Trouble trouble(List<Integer> touched, Duration length, Fault begin, Fault end) {
    world.run(QUIET);
    touched.forEach(sightings::trouble);
    long before = sightings.falseDeaths();
    world.apply(begin);
    world.run(length);
    world.apply(end);
    Optional<Duration> healed = cluster.awaitOneView(HEALED_WITHIN);
    return new Trouble(sightings.falseDeaths() - before, healed);
  }
}
