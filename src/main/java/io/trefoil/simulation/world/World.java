package io.trefoil.simulation.world;

import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapMessage;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Request;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.node.Node;
import io.trefoil.simulation.world.Host.Release;
import io.trefoil.simulation.world.Host.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// A cluster in one thread and in virtual time: hosts with clocks, disks and the product's own
/// protocol code, joined by a network, all of it as bad as it is told to be. Everything that
/// happens goes through one queue, and all chance comes from one seed: the same seed gives the same
/// run.
public final class World {

  private static final long MAX_ORIGIN = Duration.ofDays(100).toNanos();

  /// How long a process goes on after it said that it stops.
  private static final Duration FAREWELL = Duration.ofMillis(300);

  private static final Duration AWAY_AT_MOST = Duration.ofSeconds(20);

  private final WorldSettings settings;
  private final NodeFactory factory;
  private final Chance chance;
  private final Engine engine;
  private final List<Host> hosts;
  private long asked;
  private long identities;
  private int moves;

  /// A world in which nothing runs yet.
  public World(WorldSettings settings, NodeFactory factory) {
    this.settings = settings;
    this.factory = factory;
    this.chance = new Chance(settings.seed());
    this.engine = new Engine(settings, chance);
    this.hosts = IntStream.range(0, settings.hosts()).mapToObj(this::makeHost).toList();
    hosts.forEach(engine::add);
  }

  private Host makeHost(int number) {
    long origin = Long.remainderUnsigned(chance.number("origin", number, 0), MAX_ORIGIN);
    var host = new Host(number, new VirtualClock(origin), engine);
    host.disk = new VirtualDisk(drawIdentity());
    return host;
  }

  private NodeId drawIdentity() {
    return new NodeId(chance.number("identity", ++identities, 0) | 1);
  }

  /// What it is made of.
  public WorldSettings settings() {
    return settings;
  }

  /// Its hosts, by their numbers.
  public List<Host> hosts() {
    return hosts;
  }

  /// The host of that number.
  public Host host(int number) {
    return hosts.get(number);
  }

  /// The network between them.
  public VirtualNetwork network() {
    return engine.network;
  }

  /// Draws for whoever drives the world.
  public Chance chance() {
    return chance;
  }

  /// Virtual time since the world began.
  public long nanos() {
    return engine.now;
  }

  /// How many inputs processes took so far.
  public long events() {
    return engine.events;
  }

  /// What happened that must not: the first hundred.
  public List<Violation> violations() {
    return engine.violations;
  }

  /// Adds what watches from now on.
  public void observe(Observer observer) {
    engine.observers.add(observer);
  }

  /// Counts the bytes of packets by this from now on.
  public void measure(ToIntFunction<Envelope> estimator) {
    engine.size = estimator;
  }

  /// Reports something that must not happen.
  public void violated(String rule, String sentence) {
    engine.violated(rule, sentence);
  }

  /// Does something at a time to come, or now if it has passed.
  public void at(long nanos, Runnable work) {
    engine.at(nanos, work);
  }

  /// Does something after a while.
  public void after(Duration delay, Runnable work) {
    engine.at(engine.now + delay.toNanos(), work);
  }

  /// Lets time pass.
  public void run(Duration duration) {
    engine.runUntil(engine.now + duration.toNanos());
  }

  /// Lets things happen up to and at a time.
  public void runUntil(long nanos) {
    engine.runUntil(nanos);
  }

  /// Asks a node something.
  ///
  /// @param client takes the outcome once; empty if the process died before it answered
  /// @return false if no process runs on the host: the connection is refused, `client` hears
  ///   nothing
  public boolean ask(Host host, Request request, Consumer<Optional<Outcome>> client) {
    if (host.status == Status.DOWN) {
      return false;
    }
    host.clients.put(++asked, client);
    engine.offer(host, new Input.Asked<>(asked, request));
    return true;
  }

  /// Tells a node something, if its process runs.
  public void tell(Host host, News news) {
    engine.offer(host, new Input.Told<>(news));
  }

  /// Starts a process on every host that is named as a seed.
  public void startSeeds() {
    hosts.subList(0, settings.seeds()).forEach(this::start);
  }

  /// Starts a process on every host.
  public void startAll() {
    hosts.forEach(this::start);
  }

  /// Starts a process on a host that has none.
  public void start(Host host) {
    if (host.status != Status.DOWN) {
      return;
    }
    host.boot++;
    host.status = Status.UP;
    long seed = chance.number("node", host.number(), host.boot);
    host.machine = factory.create(settings.node(host, engine.seeds()), host.disk.recover(), seed);
    engine.changed(host);
    engine.offer(host, new Input.Told<>(new News.Started()));
    engine.resolve(host, host.boot);
  }

  /// Lets a fault happen now.
  public void apply(Fault fault) {
    switch (fault) {
      case Fault.Crash(int host) -> engine.crash(hosts.get(host));
      case Fault.Restart(int host) -> start(hosts.get(host));
      case Fault.Wipe(int host) -> wipe(hosts.get(host));
      case Fault.Move(int host) -> move(hosts.get(host));
      case Fault.Swap(int host, int other) -> swap(hosts.get(host), hosts.get(other));
      case Fault.Upgrade(int host) -> become(Release.NEXT, hosts.get(host));
      case Fault.Downgrade(int host) -> become(Release.THIS, hosts.get(host));
      case Fault.Pause(int host) -> pause(hosts.get(host));
      case Fault.Resume(int host) -> engine.resume(hosts.get(host));
      case Fault.Split(var groups) -> engine.network.split(groups);
      case Fault.OneWay(int from, int to) -> engine.network.cut(from, to);
      case Fault.Link(int from, int to, var quality) -> engine.network.set(from, to, quality);
      case Fault.Links(var quality) -> engine.network.set(quality);
      case Fault.Reconnect() -> engine.network.heal();
      case Fault.Heal() -> heal();
      case Fault.ClockStep(int host, long millis) -> hosts.get(host).clock().step(millis);
      case Fault.ClockSkew(int host, double millionths) ->
          hosts.get(host).clock().skew(millionths, engine.now);
      case Fault.SlowDisk(int host, double factor) -> hosts.get(host).slowness = factor;
      case Fault.FailingDisk(int host) -> hosts.get(host).failing = true;
      case Fault.SoundDisk(int host) -> hosts.get(host).failing = false;
      case Fault.Decay(int host) -> hosts.get(host).disk.decay(engine.disks);
      case Fault.Order(int host, Standing standing) -> order(hosts.get(host).name(), standing);
      case Fault.Stop(int host, boolean forGood) -> stop(hosts.get(host), forGood);
    }
  }

  /// Gives every node the order as if its own operator had; the steward heeds it.
  private void order(String name, Standing standing) {
    for (Host host : hosts) {
      var order = new MapMessage.Order(++asked, name, standing);
      var envelope =
          new Envelope(
              Node.clusterHash(WorldSettings.CLUSTER),
              host.id(),
              0,
              host.id(),
              0,
              HybridTimestamp.ZERO,
              new Message.OfMap(order));
      engine.offer(host, new Input.Heard<>(new Peer(host.id(), host.address()), envelope));
    }
  }

  private void stop(Host host, boolean forGood) {
    int boot = host.boot;
    host.stopping = true;
    tell(host, forGood ? new News.Leaving() : new News.Restarting(AWAY_AT_MOST));
    after(
        FAREWELL,
        () -> {
          if (host.boot == boot) {
            engine.crash(host);
          }
        });
  }

  private void wipe(Host host) {
    engine.crash(host);
    host.disk = new VirtualDisk(drawIdentity());
    start(host);
  }

  private void move(Host host) {
    engine.crash(host);
    engine.move(host, Host.address(hosts.size() + moves++));
    start(host);
  }

  private void swap(Host host, Host other) {
    engine.crash(host);
    engine.crash(other);
    Address first = host.address();
    engine.move(host, other.address());
    engine.move(other, first);
    start(host);
    start(other);
  }

  private void become(Release release, Host host) {
    engine.crash(host);
    host.release = release;
    start(host);
  }

  private void pause(Host host) {
    if (host.status == Status.UP) {
      host.status = Status.PAUSED;
      host.interruptions++;
      engine.changed(host);
    }
  }

  private void heal() {
    engine.network.heal();
    engine.network.set(settings.links());
    for (Host host : hosts) {
      host.slowness = 1;
      host.failing = false;
      host.clock().correct(engine.now);
      if (host.stopping) {
        engine.crash(host);
      }
      engine.resume(host);
      start(host);
    }
  }
}
