package io.trefoil.core.map;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Effect.Announce;
import io.trefoil.core.machine.Effect.Cancel;
import io.trefoil.core.machine.Effect.Fetch;
import io.trefoil.core.machine.Effect.Persist;
import io.trefoil.core.machine.Effect.Reply;
import io.trefoil.core.machine.Effect.Scan;
import io.trefoil.core.machine.Effect.Send;
import io.trefoil.core.machine.Effect.Wake;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Input.Fired;
import io.trefoil.core.machine.Input.Heard;
import io.trefoil.core.machine.Input.Persisted;
import io.trefoil.core.machine.Input.Told;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.map.MapWrite.Adopted;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.Partitions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Map machines with a network and disks between them, in virtual time. Nothing happens by itself:
/// a test, or a seeded run, says which packet arrives, which write becomes durable, who dies.
final class MapNetwork {

  /// A packet under way, with its sender's epoch.
  record Packet(Peer from, Peer to, long epoch, MapMessage message) {}

  /// A place where a node runs: the address and the disk outlive the process.
  final class Site implements Surroundings {
    final Address address;
    private final String name;
    private long downSinceNanos;
    private boolean seen;

    /// Whom it takes for dead, for the moment, though they may run, and since how many nanoseconds.
    final Map<Site, Long> doubted = new LinkedHashMap<>();

    /// What the others make of it when it does not run.
    Presence down = Presence.DEAD;

    /// The partitions of which its copy is not complete.
    List<Integer> behind = List.of();

    long keys;
    NodeId id;
    Votes votes = Votes.NONE;
    Optional<ClusterMap> map = Optional.empty();
    Optional<MapKeeper> node = Optional.empty();
    final ArrayDeque<Persist<MapMessage, MapAlarm, MapWrite>> unwritten = new ArrayDeque<>();
    final Map<MapAlarm, Long> alarms = new LinkedHashMap<>();
    final List<Event> events = new ArrayList<>();

    private Site(int number, String name) {
      this.address = new Address("10.0.0." + number, 7400);
      this.name = name;
      this.id = new NodeId(random.nextLong());
    }

    MapMember member() {
      return MapMember.active(id, name, "", 1, address);
    }

    void start() {
      var founding = new Founding(configured, new Partitions(8), 3, 4);
      node =
          Optional.of(
              new MapKeeper(
                  member(), founding, policy, votes, map, this, Rule.ALL, random.split()));
      seen = true;
      take(new Told<>(new News.Started()));
      resolve();
    }

    void startIfDown() {
      if (node.isEmpty()) {
        start();
      }
    }

    void resolve() {
      take(new Told<>(new News.SeedsResolved(seedAddresses())));
    }

    /// Sees who runs, as membership would after a while.
    @Override
    public List<Sighting> sightings(Now now) {
      return sites.stream()
          .filter(site -> site.node.isPresent() || site.seen)
          .map(this::see)
          .toList();
    }

    private Sighting see(Site other) {
      boolean there = other.node.isPresent() && !doubted.containsKey(other);
      long since = there ? 0 : doubted.getOrDefault(other, nanos - other.downSinceNanos);
      return new Sighting(other.member(), there ? Presence.THERE : other.down, since);
    }

    @Override
    public Peer peer(NodeId node) {
      return sites.stream()
          .filter(site -> site.id.equals(node))
          .findFirst()
          .map(site -> new Peer(node, site.address))
          .orElse(new Peer(node, address));
    }

    @Override
    public boolean isIsolated() {
      return false;
    }

    @Override
    public Progress progress() {
      return new Progress(epoch(), behind, List.of(), List.of(), List.of(), keys, keys * 10);
    }

    /// What is not durable yet is lost.
    void crash() {
      node = Optional.empty();
      downSinceNanos = nanos;
      unwritten.clear();
      alarms.clear();
    }

    /// The identity goes with the disk.
    void loseDisk() {
      crash();
      id = new NodeId(random.nextLong());
      votes = Votes.NONE;
      map = Optional.empty();
    }

    /// The oldest write becomes durable, if there is one.
    void write() {
      var next = unwritten.poll();
      if (next == null) {
        return;
      }
      switch (next.write()) {
        case GenesisVote written -> votes = new Votes(written, votes.council());
        case CouncilVote written -> votes = new Votes(votes.genesis(), written);
        case Adopted(var written) -> map = Optional.of(written);
      }
      take(new Persisted<>(next.ticket()));
    }

    private void hear(Packet packet) {
      node.orElseThrow().heardOfEpoch(packet.from, packet.epoch, now(), this::carryOut);
      take(new Heard<>(packet.from, packet.message));
    }

    private long epoch() {
      return node.map(MapKeeper::epoch).orElse(0L);
    }

    private void witness(ClusterMap adopted) {
      var first = maps.putIfAbsent(adopted.epoch(), adopted);
      if (first != null && !first.equals(adopted)) {
        conflicts.add("two maps of epoch " + adopted.epoch());
      }
      if (adopted.epoch() <= epoch()) {
        conflicts.add(name + " goes back from epoch " + epoch() + " to " + adopted.epoch());
      }
    }

    /// The operator speaks to this node.
    void command(Command command) {
      take(new Told<>(new News.Commanded(command)));
    }

    void take(Input<MapMessage, MapAlarm> input) {
      node.orElseThrow().on(input, now(), this::carryOut);
    }

    void carryOut(Effect<MapMessage, MapAlarm, MapWrite> effect) {
      switch (effect) {
        case Send<MapMessage, MapAlarm, MapWrite>(var to, var message) ->
            packets.add(new Packet(new Peer(id, address), to, epoch(), message));
        case Wake<MapMessage, MapAlarm, MapWrite>(var alarm, var after) ->
            alarms.put(alarm, nanos + after.toNanos());
        case Cancel<MapMessage, MapAlarm, MapWrite>(var alarm) -> alarms.remove(alarm);
        case Persist<MapMessage, MapAlarm, MapWrite> persist -> {
          unwritten.add(persist);
          if (persist.write() instanceof Adopted(var adopted)) {
            clusters.add(adopted.clusterId());
            witness(adopted);
          }
        }
        case Announce<MapMessage, MapAlarm, MapWrite>(var event) -> events.add(event);
        case Fetch<MapMessage, MapAlarm, MapWrite> _,
            Scan<MapMessage, MapAlarm, MapWrite> _,
            Reply<MapMessage, MapAlarm, MapWrite> _ ->
            throw new AssertionError("not for the map machine: " + effect);
      }
    }
  }

  final SplittableRandom random;
  final List<Site> sites = new ArrayList<>();
  final List<Packet> packets = new ArrayList<>();

  /// Every cluster that any node ever joined.
  final Set<Long> clusters = new LinkedHashSet<>();

  /// Of all nodes started from now on.
  MapPolicy policy = MapPolicy.DEFAULT;

  /// Every map that any node ever adopted, by epoch.
  final Map<Long, ClusterMap> maps = new LinkedHashMap<>();

  /// What should never happen.
  final List<String> conflicts = new ArrayList<>();

  private final int configured;
  private long nanos;

  /// The first `seeds` of the sites are seeds; nobody runs yet.
  MapNetwork(long seed, int seeds, int others) {
    random = new SplittableRandom(seed);
    configured = seeds;
    for (int number = 1; number <= seeds + others; number++) {
      sites.add(new Site(number, "node-" + number));
    }
  }

  /// Seeds and names as given.
  MapNetwork(long seed, List<String> names) {
    random = new SplittableRandom(seed);
    configured = names.size();
    names.forEach(name -> sites.add(new Site(sites.size() + 1, name)));
  }

  Site site(int number) {
    return sites.get(number - 1);
  }

  List<Address> seedAddresses() {
    return sites.stream().limit(configured).map(site -> site.address).toList();
  }

  Now now() {
    return new Now(nanos, nanos / 1_000_000);
  }

  /// A packet arrives, unless nobody is there or somebody else than it is meant for.
  void deliver(Packet packet) {
    for (var site : sites) {
      boolean meant = packet.to.id().equals(NodeId.NONE) || packet.to.id().equals(site.id);
      if (site.address.equals(packet.to.address()) && meant && site.node.isPresent()) {
        site.hear(packet);
      }
    }
  }

  /// Time passes, and whatever should have happened meanwhile is late.
  void pause(long millis) {
    nanos += millis * 1_000_000;
  }

  /// Time passes until the next alarm goes off.
  void advance() {
    Site first = null;
    MapAlarm alarm = null;
    for (var site : sites) {
      for (var entry : site.alarms.entrySet()) {
        if (first == null || entry.getValue() < first.alarms.get(alarm)) {
          first = site;
          alarm = entry.getKey();
        }
      }
    }
    if (first != null) {
      nanos = Math.max(nanos, first.alarms.remove(alarm));
      first.take(new Fired<>(alarm, 0));
    }
  }

  /// All packets arrive and all writes become durable, without loss, until nothing is under way.
  void settle() {
    boolean busy = true;
    while (busy) {
      busy = !packets.isEmpty();
      var batch = List.copyOf(packets);
      packets.clear();
      batch.forEach(this::deliver);
      for (var site : sites) {
        busy |= !site.unwritten.isEmpty();
        while (!site.unwritten.isEmpty()) {
          site.write();
        }
      }
    }
  }

  /// Runs without faults for so many milliseconds.
  void run(long millis) {
    long end = nanos + millis * 1_000_000;
    settle();
    while (nanos < end && sites.stream().anyMatch(site -> !site.alarms.isEmpty())) {
      advance();
      settle();
    }
  }
}
