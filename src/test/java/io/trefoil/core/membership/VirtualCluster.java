package io.trefoil.core.membership;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/// Many membership machines on one event queue: virtual time, loss, delay, cuts, pauses. The same
/// seed gives the same run.
final class VirtualCluster {

  /// What one member saw happen to another.
  record Sighting(long nanos, NodeId observer, NodeId subject, MemberState state) {}

  private static final long MIN_DELAY_NANOS = 200_000;
  private static final long MAX_DELAY_NANOS = 2_000_000;

  final List<VirtualHost> hosts = new ArrayList<>();
  final List<Sighting> sightings = new ArrayList<>();
  final List<Sighting> falseDeaths = new ArrayList<>();
  final List<Event.MemberChanged> joins = new ArrayList<>();
  final List<Event.Isolated> isolations = new ArrayList<>();
  double loss;
  BiPredicate<VirtualHost, VirtualHost> cut = (_, _) -> false;
  long events;

  private final MembershipSettings settings;
  private final SplittableRandom random;
  private final Map<Address, VirtualHost> byAddress = new LinkedHashMap<>();
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private long nanos;
  private long sequence;

  VirtualCluster(long seed, MembershipSettings settings) {
    this.random = new SplittableRandom(seed);
    this.settings = settings;
  }

  /// A converged cluster: nodes 1 to n, the first three of them seeds.
  static VirtualCluster of(int n, long seed, MembershipSettings settings) {
    VirtualCluster cluster = new VirtualCluster(seed, settings);
    for (int i = 1; i <= n; i++) {
      cluster.start(i);
    }
    cluster.runUntilConverged(n, Duration.ofSeconds(60));
    return cluster;
  }

  long nanos() {
    return nanos;
  }

  VirtualHost start(int number) {
    return start(new NodeId(number), 1, addressOf(number));
  }

  /// Starts a process; whoever was at the address before is reached there no more.
  VirtualHost start(NodeId id, long run, Address address) {
    VirtualHost host = new VirtualHost(id, run, address, settings, random.nextLong());
    hosts.removeIf(h -> h.id.equals(id));
    hosts.add(host);
    byAddress.put(address, host);
    feed(host, new Input.Told<>(new News.Started()));
    tellSeeds(host);
    return host;
  }

  VirtualHost host(int number) {
    NodeId id = new NodeId(number);
    return hosts.stream().filter(h -> h.id.equals(id)).findFirst().orElseThrow();
  }

  void crash(VirtualHost host) {
    host.condition = VirtualHost.Condition.STOPPED;
    host.troubledNanos = nanos;
  }

  void pause(VirtualHost host, Duration time) {
    host.condition = VirtualHost.Condition.PAUSED;
    host.troubledNanos = nanos;
    at(nanos + time.toNanos(), () -> resume(host));
  }

  void tell(VirtualHost host, News news) {
    feed(host, new Input.Told<>(news));
  }

  void run(Duration time) {
    long end = nanos + time.toNanos();
    while (!queue.isEmpty() && queue.peek().nanos <= end) {
      Due due = queue.poll();
      nanos = due.nanos;
      events++;
      due.action.run();
    }
    nanos = end;
  }

  /// Runs until every running host holds `alive` members alive, itself included.
  ///
  /// @return how long that took
  Duration runUntilConverged(int alive, Duration most) {
    long began = nanos;
    while (nanos - began < most.toNanos()) {
      if (isConverged(alive)) {
        return Duration.ofNanos(nanos - began);
      }
      run(Duration.ofMillis(50));
    }
    throw new AssertionError("no single view of " + alive + " within " + most + ": " + views());
  }

  boolean isConverged(int alive) {
    return hosts.stream().filter(VirtualHost::isRunning).allMatch(h -> aliveSeenBy(h) == alive);
  }

  static long aliveSeenBy(VirtualHost host) {
    return host.swim.members().stream().filter(c -> c.state() == MemberState.ALIVE).count();
  }

  /// How many members each running host holds alive, for messages.
  String views() {
    StringBuilder text = new StringBuilder();
    for (VirtualHost host : hosts) {
      text.append(host.id.bits()).append(':').append(aliveSeenBy(host)).append(' ');
    }
    return text.toString();
  }

  static Address addressOf(int number) {
    return new Address("10.0." + number / 250 + "." + number % 250, 7400);
  }

  private void tellSeeds(VirtualHost host) {
    if (host.condition == VirtualHost.Condition.STOPPED) {
      return;
    }
    List<Address> seeds = List.of(addressOf(1), addressOf(2), addressOf(3));
    if (host.isRunning()) {
      feed(host, new Input.Told<>(new News.SeedsResolved(seeds)));
    }
    at(nanos + 5_000_000_000L, () -> tellSeeds(host));
  }

  private void resume(VirtualHost host) {
    host.condition = VirtualHost.Condition.RUNNING;
    host.troubledNanos = nanos;
    while (!host.mailbox.isEmpty()) {
      host.mailbox.poll().run();
    }
    List<Runnable> late = List.copyOf(host.lateAlarms);
    host.lateAlarms.clear();
    late.forEach(Runnable::run);
  }

  private void feed(VirtualHost host, Input<MembershipMessage, MembershipAlarm> input) {
    host.swim.on(input, new Now(nanos, nanos / 1_000_000), effect -> perform(host, effect));
  }

  private void perform(VirtualHost host, Effect<MembershipMessage, MembershipAlarm, Void> effect) {
    switch (effect) {
      case Effect.Send<MembershipMessage, MembershipAlarm, Void>(Peer to, MembershipMessage m) ->
          send(host, to, m);
      case Effect.Wake<MembershipMessage, MembershipAlarm, Void>(MembershipAlarm a, Duration d) ->
          wake(host, a, nanos + d.toNanos());
      case Effect.Cancel<MembershipMessage, MembershipAlarm, Void>(MembershipAlarm a) ->
          host.alarms.remove(a);
      case Effect.Announce<MembershipMessage, MembershipAlarm, Void>(Event event) ->
          witness(host, event);
      case Effect.Persist<?, ?, ?> _,
          Effect.Fetch<?, ?, ?> _,
          Effect.Scan<?, ?, ?> _,
          Effect.Reply<?, ?, ?> _ ->
          throw new AssertionError("membership does no such thing: " + effect);
    }
  }

  private void send(VirtualHost from, Peer to, MembershipMessage message) {
    from.packets++;
    from.bytes += PacketSize.of(message);
    VirtualHost receiver = byAddress.get(to.address());
    if (receiver == null || random.nextDouble() < loss || cut.test(from, receiver)) {
      return;
    }
    Peer sender = new Peer(from.id, from.address);
    long delay = random.nextLong(MIN_DELAY_NANOS, MAX_DELAY_NANOS);
    at(nanos + delay, () -> deliver(receiver, new Input.Heard<>(sender, message)));
  }

  private void deliver(VirtualHost host, Input<MembershipMessage, MembershipAlarm> input) {
    switch (host.condition) {
      case RUNNING -> feed(host, input);
      case PAUSED -> host.mailbox.add(() -> feed(host, input));
      case STOPPED -> {}
    }
  }

  private void wake(VirtualHost host, MembershipAlarm alarm, long due) {
    long mark = sequence;
    host.alarms.put(alarm, mark);
    at(due, () -> ring(host, alarm, mark, due));
  }

  private void ring(VirtualHost host, MembershipAlarm alarm, long mark, long due) {
    Long set = host.alarms.get(alarm);
    if (set == null || set != mark || host.condition == VirtualHost.Condition.STOPPED) {
      return;
    }
    if (host.condition == VirtualHost.Condition.PAUSED) {
      host.lateAlarms.add(() -> ring(host, alarm, mark, due));
      return;
    }
    host.alarms.remove(alarm);
    feed(host, new Input.Fired<>(alarm, nanos - due));
  }

  private void witness(VirtualHost host, Event event) {
    switch (event) {
      case Event.MemberChanged changed -> {
        NodeId subject = changed.node();
        MemberState state = changed.state();
        if (changed.before().isEmpty()) {
          joins.add(changed);
        }
        Sighting sighting = new Sighting(nanos, host.id, subject, state);
        sightings.add(sighting);
        if (state == MemberState.DEAD && isWell(subject)) {
          falseDeaths.add(sighting);
        }
      }
      case Event.Isolated isolated -> isolations.add(isolated);
      case Event.MapAdopted _,
          Event.LeaseHeld _,
          Event.LeaseLost _,
          Event.OrderAnswered _,
          Event.CouncilForced _,
          Event.Surveyed _,
          Event.KeysListed _,
          Event.ReplicaServed _,
          Event.CopyDamaged _,
          Event.CopyFinished _,
          Event.PacketRejected _,
          Event.ClockSkewed _,
          Event.Step _ ->
          throw new AssertionError("membership announces no such thing: " + event);
    }
  }

  /// Whether a node was running without a pause for the last minute.
  private boolean isWell(NodeId subject) {
    return hosts.stream()
        .filter(h -> h.id.equals(subject))
        .anyMatch(h -> h.isRunning() && nanos - h.troubledNanos > 60_000_000_000L);
  }

  private void at(long due, Runnable action) {
    queue.add(new Due(due, sequence++, action));
  }

  private record Due(long nanos, long sequence, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
