package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/// A few nodes' registers with one partition and a disk each, in one thread: every message waits
/// until a test lets it through.
final class Ensemble {

  static final long WALL_MILLIS = 1_700_000_000_000L;

  /// A message under way.
  record Flight(int from, int to, RegisterMessage message) {}

  private record Due(int node, long nanos, RegisterAlarm alarm) {}

  private final int size;
  private final ReplicaSet voters;
  private final Set<Rule> rules;
  private final List<Registers> nodes = new ArrayList<>();
  private final List<Long> runs = new ArrayList<>();
  private final List<Map<Key, Register>> disks = new ArrayList<>();
  private final List<Map<Integer, PartitionCopy>> copies = new ArrayList<>();
  private final List<Due> alarms = new ArrayList<>();
  private final Set<NodeId> unreachable = new LinkedHashSet<>();
  private final Map<Integer, ReplicaSet> views = new LinkedHashMap<>();
  private long nanos = 1_000_000_000;
  private long numbers;

  final List<Flight> flights = new ArrayList<>();
  final Map<Long, Outcome> outcomes = new LinkedHashMap<>();
  final List<Event> events = new ArrayList<>();
  final Map<Integer, Long> wallOffsets = new LinkedHashMap<>();

  /// How long a write to any disk takes.
  long syncNanos;

  /// @param size how many nodes there are; the first three vote
  Ensemble(int size, Set<Rule> rules) {
    this.size = size;
    this.rules = rules;
    this.voters = ReplicaSet.stable(1, List.of(id(0), id(1), id(2)));
    for (int node = 0; node < size; node++) {
      disks.add(new LinkedHashMap<>());
      copies.add(new LinkedHashMap<>());
      runs.add(0L);
      nodes.add(null);
      start(node);
    }
  }

  static NodeId id(int node) {
    return new NodeId(node + 1L);
  }

  /// Starts a node, or starts it again with what is on its disk.
  void start(int node) {
    runs.set(node, runs.get(node) + 1);
    RegisterSettings settings =
        new RegisterSettings(
            100,
            runs.get(node) > 1,
            RegisterSettings.DEFAULT_COLLECT_AFTER,
            List.copyOf(copies.get(node).values()),
            rules);
    HybridClock clock = new HybridClock(id(node), runs.get(node));
    nodes.set(node, new Registers(id(node), directory(node), clock, new Random(node), settings));
    alarms.removeIf(due -> due.node() == node);
    give(node, new Input.Told<>(new News.Started()));
  }

  /// A node learns of other voters.
  void adopt(int node, ReplicaSet set) {
    views.put(node, set);
    give(node, new Input.Told<>(new News.MapAdopted(set.epoch())));
  }

  void hide(int node) {
    unreachable.add(id(node));
  }

  /// A client asks at a node.
  long ask(int node, Operation operation) {
    return ask(node, Request.of(operation));
  }

  long ask(int node, Request request) {
    long number = ++numbers;
    give(node, new Input.Asked<>(number, request));
    return number;
  }

  /// Delivers what is under way, and what follows from it, as long as something matches.
  void deliver(Predicate<Flight> which) {
    Optional<Flight> next = flights.stream().filter(which).findFirst();
    while (next.isPresent()) {
      flights.remove(next.get());
      hear(next.get());
      next = flights.stream().filter(which).findFirst();
    }
  }

  void deliverAll() {
    deliver(_ -> true);
  }

  /// Delivers one message and leaves it where it is, as a duplicate would.
  void hear(Flight flight) {
    give(flight.to(), new Input.Heard<>(peer(id(flight.from())), flight.message()));
  }

  void drop(Predicate<Flight> which) {
    flights.removeIf(which);
  }

  /// Lets time pass; alarms go off in their order, and nothing is delivered.
  void pass(long millis) {
    long until = nanos + millis * 1_000_000;
    Optional<Due> next = nextDue(until);
    while (next.isPresent()) {
      alarms.remove(next.get());
      nanos = Math.max(nanos, next.get().nanos());
      give(next.get().node(), new Input.Fired<>(next.get().alarm(), 0));
      next = nextDue(until);
    }
    nanos = until;
  }

  /// Lets time pass in small steps, delivering everything between.
  void run(long millis) {
    for (long passed = 0; passed < millis; passed += 5) {
      deliverAll();
      pass(5);
    }
    deliverAll();
  }

  /// The time at the nodes whose clocks are right.
  Now now() {
    return new Now(nanos, 0);
  }

  /// The partitions of which a node has had something pending for too long.
  BitSet overdue(int node) {
    return nodes.get(node).overdue(new Now(nanos, 0));
  }

  /// Puts a register on a node's disk that belongs to no copy there.
  void leave(int node, Key key, Register register) {
    disks.get(node).put(key, register);
  }

  Register register(int node, Key key) {
    return disks.get(node).getOrDefault(key, Register.EMPTY);
  }

  Registers node(int node) {
    return nodes.get(node);
  }

  int nodes() {
    return size;
  }

  private Optional<Due> nextDue(long until) {
    return alarms.stream()
        .filter(due -> due.nanos() <= until)
        .min((a, b) -> Long.compare(a.nanos(), b.nanos()));
  }

  private void give(int node, Input<RegisterMessage, RegisterAlarm> input) {
    List<Effect<RegisterMessage, RegisterAlarm, RegisterWrite>> effects = new ArrayList<>();
    long wall = WALL_MILLIS + nanos / 1_000_000 + wallOffsets.getOrDefault(node, 0L);
    nodes.get(node).on(input, new Now(nanos, wall), effects::add);
    effects.forEach(effect -> carryOut(node, effect));
  }

  private void carryOut(int node, Effect<RegisterMessage, RegisterAlarm, RegisterWrite> effect) {
    switch (effect) {
      case Effect.Send(Peer to, RegisterMessage message) ->
          flights.add(new Flight(node, (int) to.id().bits() - 1, message));
      case Effect.Wake(RegisterAlarm alarm, var after) -> {
        alarms.removeIf(due -> due.node() == node && due.alarm().equals(alarm));
        alarms.add(new Due(node, nanos + after.toNanos(), alarm));
      }
      case Effect.Cancel(RegisterAlarm alarm) ->
          alarms.removeIf(due -> due.node() == node && due.alarm().equals(alarm));
      case Effect.Persist(long ticket, RegisterWrite write) -> {
        keep(node, write);
        nanos += syncNanos;
        give(node, new Input.Persisted<>(ticket));
      }
      case Effect.Fetch(long ticket, _, Key key) ->
          give(node, new Input.Fetched<>(ticket, register(node, key)));
      case Effect.Scan<?, ?, ?> _ -> throw new AssertionError("registers are fetched one by one");
      case Effect.Reply(long number, Outcome outcome) -> {
        if (outcomes.put(number, outcome) != null) {
          throw new AssertionError("request " + number + " was answered twice");
        }
      }
      case Effect.Announce(Event event) -> events.add(event);
    }
  }

  private void keep(int node, RegisterWrite write) {
    switch (write) {
      case RegisterWrite.Changed(_, Key key, Register register) ->
          disks.get(node).put(key, register);
      case RegisterWrite.Collected(PartitionCopy copy, Key key) -> {
        disks.get(node).remove(key);
        copies.get(node).put(copy.partition(), copy);
      }
      case RegisterWrite.Copied(var kept, var erased) -> {
        if (!erased.isEmpty()) {
          disks.get(node).clear();
        }
        kept.forEach(copy -> copies.get(node).put(copy.partition(), copy));
      }
    }
  }

  private static Peer peer(NodeId node) {
    return new Peer(node, new Address("node" + node.bits(), 1));
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
        return Optional.of(views.getOrDefault(self, voters));
      }

      @Override
      public Peer peer(NodeId node) {
        return Ensemble.peer(node);
      }

      @Override
      public long runOf(NodeId node) {
        return runs.get((int) node.bits() - 1);
      }

      @Override
      public boolean isReachable(NodeId node) {
        return !unreachable.contains(node);
      }
    };
  }
}
