package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Address;
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
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.history.History;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// One random history of one key: four nodes, three of which vote, with every message lost, doubled
/// and reordered at will, disks that sync late, crashes that lose what was not synced, clocks that
/// differ. Far denser in bad luck than a simulated cluster, and far faster, because nothing else
/// runs.
final class Turmoil {

  private static final Key KEY = new Key("k");
  private static final int NODES = 4;
  private static final int OPERATIONS = 9;
  private static final int STEPS = 6_000;
  private static final long WALL_MILLIS = 1_700_000_000_000L;

  private record Flight(int from, int to, RegisterMessage message) {}

  private record Due(int node, long nanos, RegisterAlarm alarm) {}

  private record Syncing(long ticket, Register register) {}

  private static final class Host {
    Registers machine;
    Register disk = Register.EMPTY;
    final ArrayDeque<Syncing> syncing = new ArrayDeque<>();
    long run;
    boolean up;
    long wallOffset;
  }

  private final SplittableRandom random;
  private final Set<Rule> rules;
  private final ReplicaSet voters = ReplicaSet.stable(1, List.of(id(0), id(1), id(2)));
  private final List<Host> hosts = new ArrayList<>();
  private final List<Flight> flights = new ArrayList<>();
  private final List<Due> alarms = new ArrayList<>();
  private final Map<Long, Integer> callsByNumber = new LinkedHashMap<>();
  private final Map<Integer, Integer> openByHost = new LinkedHashMap<>();
  private final List<Version> versions = new ArrayList<>();
  private final History history = new History();
  private long nanos = 1_000_000_000;
  private int left = OPERATIONS;
  private int values;
  private long numbers;

  Turmoil(long seed, Set<Rule> rules) {
    this.random = new SplittableRandom(seed);
    this.rules = rules;
    for (int node = 0; node < NODES; node++) {
      Host host = new Host();
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
    } else if (dice < 250) {
      sync();
    } else if (dice < 330 || flights.isEmpty()) {
      passTime();
    } else {
      deliver();
    }
  }

  private void ask() {
    int node = random.nextInt(NODES);
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
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Operation.Put(KEY, value(), new Condition.Always());
      case 3, 4, 5 -> new Operation.Get(KEY, Consistency.LINEARIZABLE);
      case 6 -> new Operation.Delete(KEY, new Condition.Present());
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
    int node = random.nextInt(NODES);
    Host host = hosts.get(node);
    if (!host.up) {
      start(node);
    } else if (hosts.stream().filter(h -> !h.up).count() < 2) {
      host.up = false;
      host.syncing.clear();
      alarms.removeIf(due -> due.node() == node);
      openByHost.values().removeIf(at -> at == node);
    }
  }

  private void start(int node) {
    Host host = hosts.get(node);
    host.up = true;
    host.run++;
    HybridClock clock = new HybridClock(id(node), host.run);
    RegisterSettings settings = new RegisterSettings(100, host.run > 1, rules);
    host.machine = new Registers(id(node), directory(node), clock, random.split(), settings);
    give(node, new Input.Told<>(new News.Started()));
  }

  private void sync() {
    int node = random.nextInt(NODES);
    Host host = hosts.get(node);
    Syncing next = host.syncing.pollFirst();
    if (next != null) {
      host.disk = next.register();
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
    long wall = WALL_MILLIS + nanos / 1_000_000 + host.wallOffset;
    host.machine.on(input, new Now(nanos, wall), effects::add);
    effects.forEach(effect -> carryOut(node, host, effect));
  }

  private void carryOut(
      int node, Host host, Effect<RegisterMessage, RegisterAlarm, RegisterWrite> effect) {
    switch (effect) {
      case Effect.Send(Peer to, RegisterMessage message) ->
          flights.add(new Flight(node, (int) to.id().bits() - 1, message));
      case Effect.Wake(RegisterAlarm alarm, var after) ->
          alarms.add(new Due(node, nanos + after.toNanos(), alarm));
      case Effect.Cancel(RegisterAlarm alarm) ->
          alarms.removeIf(due -> due.node() == node && due.alarm().equals(alarm));
      case Effect.Persist(long ticket, RegisterWrite write) ->
          host.syncing.addLast(new Syncing(ticket, write.register()));
      case Effect.Fetch(long ticket, _, _) ->
          give(
              node,
              new Input.Fetched<>(
                  ticket, host.syncing.isEmpty() ? host.disk : host.syncing.getLast().register()));
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
      public boolean mayVote() {
        return true;
      }

      @Override
      public int partitionOf(Key key) {
        return 0;
      }

      @Override
      public Optional<ReplicaSet> replicaSet(int partition) {
        return Optional.of(voters);
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
