package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Stored;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.history.History;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/// One random history of one key: four nodes, three of which vote, with every message lost, doubled
/// and reordered at will, disks that sync late, crashes that lose what was not synced, clocks that
/// differ. Far denser in bad luck than a simulated cluster, and far faster, because nothing else
/// runs.
final class Turmoil {

  private static final Key KEY = new Key("k");
  private static final int OPERATIONS = 9;
  private static final int STEPS = 6_000;
  private static final long WALL_MILLIS = 1_700_000_000_000L;

  private record Flight(int from, int to, RegisterMessage message) {}

  private record Due(int node, long nanos, RegisterAlarm alarm) {}

  private record Syncing(long ticket, RegisterWrite write) {}

  /// A page of others' copies on its way to a node, good for one epoch.
  private record Page(int to, long epoch, List<Stored> entries, Ballot floor) {}

  private static final class Host {
    Registers machine;
    Disk disk = Disk.EMPTY;
    ReplicaSet view;
    final ArrayDeque<Syncing> syncing = new ArrayDeque<>();
    long run;
    boolean up;
    long wallOffset;
    long installing;

    /// What is on disk with all that is on its way there.
    Disk latest() {
      Disk latest = disk;
      for (Syncing next : syncing) {
        latest = latest.after(next.write());
      }
      return latest;
    }
  }

  private record Disk(Register register, Optional<PartitionCopy> copy) {
    static final Disk EMPTY = new Disk(Register.EMPTY, Optional.empty());

    Disk after(RegisterWrite write) {
      return switch (write) {
        case RegisterWrite.Changed(_, _, Register changed) -> new Disk(changed, copy);
        case RegisterWrite.Collected(PartitionCopy raised, _) ->
            new Disk(Register.EMPTY, Optional.of(raised));
        case RegisterWrite.Copied(var kept, var erased) ->
            new Disk(erased.isEmpty() ? register : Register.EMPTY, kept.stream().findFirst());
      };
    }
  }

  private final SplittableRandom random;
  private final Set<Rule> rules;
  private final boolean moves;
  private final List<Page> pages = new ArrayList<>();

  /// Who copied all that a majority of the old voters held, in the newest epoch.
  private final Set<NodeId> complete = new LinkedHashSet<>();

  private ReplicaSet newest = ReplicaSet.stable(1, List.of(id(0), id(1), id(2)));
  private final List<Host> hosts = new ArrayList<>();
  private final List<Flight> flights = new ArrayList<>();
  private final List<Due> alarms = new ArrayList<>();
  private final Map<Long, Integer> callsByNumber = new LinkedHashMap<>();
  private final Map<Integer, Integer> openByHost = new LinkedHashMap<>();
  private final List<Version> versions = new ArrayList<>();
  private final History history = new History();
  private long nanos = 1_000_000_000;
  private int left;
  private int values;
  private long numbers;

  /// @param moves whether the voters change
  Turmoil(long seed, Set<Rule> rules, boolean moves) {
    this.moves = moves;
    this.left = OPERATIONS;
    this.random = new SplittableRandom(seed);
    this.rules = rules;
    for (int node = 0; node < (moves ? 5 : 4); node++) {
      Host host = new Host();
      host.view = newest;
      host.wallOffset = random.nextInt(4) == 0 ? random.nextInt(400) : 0;
      hosts.add(host);
      start(node);
    }
  }

  /// Runs to the end.
  History run() {
    for (int step = 0; step < STEPS && (left > 0 || !openByHost.isEmpty()); step++) {
      step();
    }
    return history;
  }

  private void step() {
    int dice = random.nextInt(1_000);
    if (dice < 60 && left > 0 && openByHost.size() < 3) {
      ask();
    } else if (dice < 64) {
      crashOrStart();
    } else if (moves && dice < 180) {
      move();
    } else if (dice < (moves ? 330 : 250)) {
      sync();
    } else if (dice < (moves ? 400 : 330) || flights.isEmpty()) {
      passTime();
    } else {
      deliver();
    }
  }

  private void ask() {
    int node = random.nextInt(hosts.size());
    if (!hosts.get(node).up) {
      return;
    }
    left--;
    Operation operation = operation();
    long number = ++numbers;
    int call = history.invoke((int) number, node, operation, nanos);
    callsByNumber.put(number, call);
    openByHost.put(call, node);
    give(node, new Input.Asked<>(number, Request.of(operation)));
  }

  private Operation operation() {
    return switch (random.nextInt(moves ? 12 : 10)) {
      case 0, 1, 2 -> new Operation.Put(KEY, value(), new Condition.Always());
      case 3, 4, 5 -> new Operation.Get(KEY, Consistency.LINEARIZABLE);
      case 6, 10, 11 -> new Operation.Delete(KEY, new Condition.Present());
      case 7 -> new Operation.Put(KEY, value(), new Condition.Absent());
      default ->
          versions.isEmpty()
              ? new Operation.Put(KEY, value(), new Condition.Present())
              : new Operation.Put(
                  KEY,
                  value(),
                  new Condition.VersionIn(
                      List.of(
                          versions.get(
                              versions.size()
                                  - 1
                                  - random.nextInt(Math.min(2, versions.size()))))));
    };
  }

  private Value value() {
    return Value.of(("v" + ++values).getBytes(StandardCharsets.UTF_8));
  }

  private void crashOrStart() {
    int node = random.nextInt(hosts.size());
    Host host = hosts.get(node);
    if (!host.up) {
      start(node);
    } else if (hosts.stream().filter(h -> !h.up).count() < 2) {
      host.up = false;
      host.syncing.clear();
      pages.removeIf(page -> page.to() == node);
      alarms.removeIf(due -> due.node() == node);
      openByHost.values().removeIf(at -> at == node);
    }
  }

  private void start(int node) {
    Host host = hosts.get(node);
    host.up = true;
    host.run++;
    HybridClock clock = new HybridClock(id(node), host.run);
    RegisterSettings settings =
        new RegisterSettings(
            100, host.run > 1, Duration.ofMillis(1), host.disk.copy().stream().toList(), rules);
    host.machine = new Registers(id(node), directory(node), clock, random.split(), settings);
    give(node, new Input.Told<>(new News.Started()));
  }

  /// The voters change, a node learns of it, or a node copies what the others hold.
  private void move() {
    switch (random.nextInt(6)) {
      case 0 -> decide();
      case 1, 2 -> learn(random.nextInt(hosts.size()));
      case 3, 4 -> copy(random.nextInt(hosts.size()));
      default -> install();
    }
  }

  private void decide() {
    long epoch = newest.epoch() + 1;
    List<NodeId> target = newest.target();
    if (newest.isStable()) {
      newest = newest.moving(epoch, drawnTarget());
    } else if (complete.stream().filter(target::contains).count() * 2 > target.size()
        || !rules.contains(Rule.CATCH_UP_FIRST)) {
      newest = newest.moved(epoch);
    } else if (random.nextInt(4) == 0) {
      newest = newest.moving(epoch, newest.old());
    } else {
      return;
    }
    complete.clear();
  }

  private List<NodeId> drawnTarget() {
    List<NodeId> all = new ArrayList<>();
    for (int node = 0; node < hosts.size(); node++) {
      all.add(id(node));
    }
    Collections.shuffle(all, new Random(random.nextLong()));
    return List.copyOf(all.subList(0, 3));
  }

  private void learn(int node) {
    Host host = hosts.get(node);
    if (host.up && host.view.epoch() < newest.epoch()) {
      host.view = newest;
      give(node, new Input.Told<>(new News.MapAdopted(newest.epoch())));
    }
  }

  /// Takes a look at so many others that with the node itself they are a majority of the old.
  private void copy(int node) {
    ReplicaSet view = hosts.get(node).view;
    if (!hosts.get(node).up || !view.target().contains(id(node))) {
      return;
    }
    List<NodeId> sources = new ArrayList<>();
    if (view.old().contains(id(node))) {
      sources.add(id(node));
    }
    List<Stored> entries = new ArrayList<>();
    Ballot floor = Ballot.ZERO;
    for (NodeId old : view.old()) {
      Host source = hosts.get((int) old.bits() - 1);
      boolean enough = sources.size() * 2 > view.old().size();
      if (!enough && !sources.contains(old) && source.up && source.view.epoch() == view.epoch()) {
        sources.add(old);
        Register register = source.latest().register();
        floor = floor.max(source.machine.floor(0));
        register.record().ifPresent(_ -> entries.add(new Stored(KEY, register)));
      }
    }
    if (sources.size() * 2 > view.old().size()) {
      pages.add(new Page(node, view.epoch(), entries, floor));
      hosts.get(node).machine.copying(0, true);
    }
  }

  private void install() {
    if (pages.isEmpty()) {
      return;
    }
    Page page = pages.remove(random.nextInt(pages.size()));
    Host host = hosts.get(page.to());
    host.machine.copying(0, pages.stream().anyMatch(other -> other.to() == page.to()));
    if (!host.up || host.view.epoch() != page.epoch()) {
      return;
    }
    host.installing = page.epoch();
    List<Effect<RegisterMessage, RegisterAlarm, RegisterWrite>> effects = new ArrayList<>();
    host.machine.install(0, page.entries(), page.floor(), 1, now(host), effects::add);
    effects.forEach(effect -> carryOut(page.to(), host, effect));
    while (host.machine.takeInstalled().isPresent()) {
      copied(page.to());
    }
  }

  private void copied(int node) {
    Host host = hosts.get(node);
    if (host.installing == newest.epoch()) {
      complete.add(id(node));
    }
  }

  private Now now(Host host) {
    return new Now(nanos, WALL_MILLIS + nanos / 1_000_000 + host.wallOffset);
  }

  private void sync() {
    int node = random.nextInt(hosts.size());
    Host host = hosts.get(node);
    Syncing next = host.syncing.pollFirst();
    if (next != null) {
      host.disk = host.disk.after(next.write());
      give(node, new Input.Persisted<>(next.ticket()));
    }
  }

  private void passTime() {
    Optional<Due> next = alarms.stream().min((a, b) -> Long.compare(a.nanos(), b.nanos()));
    if (next.isPresent()) {
      alarms.remove(next.get());
      nanos = Math.max(nanos, next.get().nanos());
      give(next.get().node(), new Input.Fired<>(next.get().alarm(), 0));
    }
  }

  private void deliver() {
    int at = random.nextInt(10) < 7 ? random.nextInt(flights.size()) : 0;
    Flight flight = flights.get(at);
    if (random.nextInt(100) >= 6 || flights.size() > 200) {
      flights.remove(at);
    }
    if (random.nextInt(100) >= 8 && hosts.get(flight.to()).up) {
      Peer from = directory(0).peer(id(flight.from()));
      give(flight.to(), new Input.Heard<>(from, flight.message()));
    }
  }

  private void give(int node, Input<RegisterMessage, RegisterAlarm> input) {
    List<Effect<RegisterMessage, RegisterAlarm, RegisterWrite>> effects = new ArrayList<>();
    Host host = hosts.get(node);
    host.machine.on(input, now(host), effects::add);
    effects.forEach(effect -> carryOut(node, host, effect));
    while (host.machine.takeInstalled().isPresent()) {
      copied(node);
    }
  }

  private void carryOut(
      int node, Host host, Effect<RegisterMessage, RegisterAlarm, RegisterWrite> effect) {
    switch (effect) {
      case Effect.Send(Peer to, RegisterMessage message) ->
          flights.add(new Flight(node, (int) to.id().bits() - 1, message));
      case Effect.Wake(RegisterAlarm alarm, var after) -> {
        if (moves || !(alarm instanceof RegisterAlarm.RepairDue)) {
          alarms.add(new Due(node, nanos + after.toNanos(), alarm));
        }
      }
      case Effect.Cancel(RegisterAlarm alarm) ->
          alarms.removeIf(due -> due.node() == node && due.alarm().equals(alarm));
      case Effect.Persist(long ticket, RegisterWrite write) ->
          host.syncing.addLast(new Syncing(ticket, write));
      case Effect.Fetch(long ticket, _, _) ->
          give(node, new Input.Fetched<>(ticket, host.latest().register()));
      case Effect.Scan<?, ?, ?> _ -> throw new AssertionError("registers are fetched one by one");
      case Effect.Reply(long number, Outcome outcome) -> complete(number, outcome);
      case Effect.Announce(Event _) -> {
        // Nobody listens.
      }
    }
  }

  private void complete(long number, Outcome outcome) {
    int call = callsByNumber.remove(number);
    openByHost.remove(call);
    history.complete(call, outcome, nanos);
    switch (outcome) {
      case Outcome.Done(Version version, _) -> versions.add(version);
      case Outcome.Found(var record) -> record.map(Record::version).ifPresent(versions::add);
      case Outcome.Refused(var record) -> record.map(Record::version).ifPresent(versions::add);
      case Outcome.Inspected _, Outcome.NotDone _, Outcome.Unknown _ -> {
        // Tells no version.
      }
    }
  }

  /// The epoch that the voters came to.
  long epoch() {
    return newest.epoch();
  }

  private static NodeId id(int node) {
    return new NodeId(node + 1L);
  }

  private Directory directory(int self) {
    return new Directory() {
      @Override
      public int partitions() {
        return 1;
      }

      @Override
      public boolean mayVote(Now now) {
        return true;
      }

      @Override
      public int partitionOf(Key key) {
        return 0;
      }

      @Override
      public Optional<ReplicaSet> replicaSet(int partition) {
        return Optional.of(hosts.get(self).view);
      }

      @Override
      public Peer peer(NodeId node) {
        return new Peer(node, new Address("node" + node.bits(), 1));
      }

      @Override
      public long runOf(NodeId node) {
        return hosts.get((int) node.bits() - 1).run;
      }

      @Override
      public boolean isReachable(NodeId node) {
        Host host = hosts.get((int) node.bits() - 1);
        return node.equals(id(self)) || host.up || random.nextInt(3) > 0;
      }
    };
  }
}
