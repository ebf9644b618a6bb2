package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.map.Progress;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Stored;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.register.Directory;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// Stabilizers with disks in memory and a network between them that loses, doubles and reorders,
/// all in virtual time.
final class Network {

  /// Something on its way from one node to another.
  record Sent(int from, int to, StabilizationMessage message) {}

  private record Occurrence(long nanos, long number, Runnable work)
      implements Comparable<Occurrence> {
    @Override
    public int compareTo(Occurrence other) {
      int order = Long.compare(nanos, other.nanos);
      return order == 0 ? Long.compare(number, other.number) : order;
    }
  }

  final SplittableRandom random;
  final List<Sent> sent = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  double loss;
  double doubling;
  long copyBytesPerSecond = CopyPolicy.DEFAULT.bytesPerSecond();
  boolean areClientsWaiting;
  Duration scrubEvery = Duration.ofHours(1);
  int pageBytes = 1 << 10;
  Set<Rule> rules = Rule.ALL;
  long nanos;
  private final List<Site> sites = new ArrayList<>();
  private final PriorityQueue<Occurrence> queue = new PriorityQueue<>();
  private long occurrences;

  Network(long seed, int nodes) {
    random = new SplittableRandom(seed);
    for (int node = 1; node <= nodes; node++) {
      sites.add(new Site(node));
    }
  }

  static NodeId id(int node) {
    return new NodeId(node);
  }

  static List<NodeId> ids(int... nodes) {
    return java.util.Arrays.stream(nodes).mapToObj(Network::id).toList();
  }

  /// A value written under the nth ballot of an epoch.
  static Register value(long epoch, long draw, int bytes) {
    Ballot ballot = new Ballot(epoch, HybridTimestamp.ofMillis(draw), id(1), draw);
    return Register.accepting(ballot, Record.of(new Version(ballot), Value.of(new byte[bytes])));
  }

  static Register tombstone(long epoch, long draw) {
    Ballot ballot = new Ballot(epoch, HybridTimestamp.ofMillis(draw), id(1), draw);
    return Register.accepting(ballot, Record.tombstone(new Version(ballot)));
  }

  Site site(int node) {
    return sites.get(node - 1);
  }

  /// Everybody learns the voters of all partitions.
  void map(ReplicaSet... sets) {
    sites.forEach(site -> site.learn(sets));
  }

  void run(Duration time) {
    long end = nanos + time.toNanos();
    while (!queue.isEmpty() && queue.peek().nanos() <= end) {
      Occurrence next = queue.poll();
      nanos = next.nanos();
      next.work().run();
    }
    nanos = end;
  }

  private void after(long delay, Runnable work) {
    queue.add(new Occurrence(nanos + delay, ++occurrences, work));
  }

  private void send(int from, Peer to, StabilizationMessage message) {
    sent.add(new Sent(from, (int) to.id().bits(), message));
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < doubling ? 2 : 1;
    Peer sender = new Peer(id(from), address(from));
    for (int copy = 0; copy < copies; copy++) {
      after(
          random.nextLong(200_000, loss > 0 ? 100_000_000 : 1_000_000),
          () -> site((int) to.id().bits()).take(new Input.Heard<>(sender, message)));
    }
  }

  private static Address address(int node) {
    return new Address("node" + node, 1);
  }

  /// One node: its disk outlives its process.
  final class Site implements Directory, Installer {
    final int number;
    final Map<Integer, NavigableMap<Key, Register>> disk = new TreeMap<>();
    final Map<Integer, Ballot> floors = new TreeMap<>();
    final Set<Integer> pending = new TreeSet<>();
    final Set<Integer> copying = new TreeSet<>();
    final Set<Integer> unreadable = new TreeSet<>();
    final Set<Integer> damaged = new TreeSet<>();
    final Map<Integer, Long> equal = new TreeMap<>();
    final Map<Integer, Long> counted = new TreeMap<>();
    final List<Integer> dropped = new ArrayList<>();
    boolean mayVote = true;
    long run;
    Optional<Stabilizer> process = Optional.empty();
    private List<ReplicaSet> view = List.of();
    private final Map<StabilizationAlarm, Long> alarms = new HashMap<>();

    Site(int number) {
      this.number = number;
    }

    void put(int partition, String key, Register register) {
      disk.computeIfAbsent(partition, _ -> new TreeMap<>()).put(new Key(key), register);
    }

    NavigableMap<Key, Register> held(int partition) {
      return disk.getOrDefault(partition, new TreeMap<>());
    }

    void learn(ReplicaSet... sets) {
      view = List.of(sets);
      take(new Input.Told<>(new News.MapAdopted(1)));
    }

    void command(Command command) {
      take(new Input.Told<>(new News.Commanded(command)));
    }

    void start() {
      run++;
      var settings =
          new StabilizationSettings(
              run,
              new CopyPolicy(copyBytesPerSecond, Duration.ofMillis(25), scrubEvery),
              8,
              pageBytes,
              rules);
      process = Optional.of(new Stabilizer(id(number), this, this, settings));
      take(new Input.Told<>(new News.Started()));
    }

    void crash() {
      process = Optional.empty();
      alarms.clear();
      copying.clear();
      pending.clear();
    }

    Progress progress() {
      return process.orElseThrow().progress(1);
    }

    boolean isWhole(int partition) {
      return process.orElseThrow().isWhole(partition);
    }

    boolean isComplete(int partition) {
      return process.orElseThrow().isComplete(partition);
    }

    private void take(Input<StabilizationMessage, StabilizationAlarm> input) {
      process.ifPresent(machine -> machine.on(input, new Now(nanos, 0), this::carryOut));
    }

    private void carryOut(Effect<StabilizationMessage, StabilizationAlarm, Void> effect) {
      switch (effect) {
        case Effect.Send(Peer to, var message) -> send(number, to, message);
        case Effect.Wake(var alarm, var wait) -> wake(alarm, wait);
        case Effect.Cancel(var alarm) -> alarms.remove(alarm);
        case Effect.Scan(long ticket, int partition, var from, int maxBytes) ->
            onDisk(
                () -> {
                  if (unreadable.contains(partition)) {
                    take(new Input.Unreadable<>(ticket));
                    return;
                  }
                  var rows = held(partition);
                  Stretch part =
                      Stretch.take(
                          from.map(key -> rows.tailMap(key, false)).orElse(rows), maxBytes);
                  take(new Input.Scanned<>(ticket, part.registers(), part.last()));
                });
        case Effect.Announce(Event event) -> events.add(event);
        case Effect.Persist<?, ?, ?> _, Effect.Fetch<?, ?, ?> _, Effect.Reply<?, ?, ?> _ ->
            throw new AssertionError("not for stabilization: " + effect);
      }
    }

    private void wake(StabilizationAlarm alarm, Duration wait) {
      long mark = ++occurrences;
      alarms.put(alarm, mark);
      after(
          wait.toNanos(),
          () -> {
            if (alarms.remove(alarm, mark)) {
              take(new Input.Fired<>(alarm, 0));
            }
          });
    }

    private void onDisk(Runnable work) {
      long current = run;
      after(
          random.nextLong(10_000, 2_000_000),
          () -> {
            if (run == current && process.isPresent()) {
              work.run();
            }
          });
    }

    @Override
    public void copying(int partition, boolean isCopying) {
      if (isCopying ? !copying.add(partition) : !copying.remove(partition)) {
        throw new AssertionError("copying of " + partition + " begins and ends once");
      }
    }

    @Override
    public void install(int partition, List<Stored> entries, Ballot floor, long ticket) {
      if (!copying.contains(partition)) {
        throw new AssertionError("installed while nothing is copied");
      }
      onDisk(
          () -> {
            floors.merge(partition, floor, Ballot::max);
            for (Stored entry : entries) {
              Register theirs = entry.register();
              disk.computeIfAbsent(partition, _ -> new TreeMap<>())
                  .merge(
                      entry.key(),
                      theirs,
                      (mine, _) -> theirs.accepted().above(mine.accepted()) ? theirs : mine);
            }
            take(new Input.Persisted<>(ticket));
          });
    }

    @Override
    public void read(int partition, List<Stored> registers) {
      // The registers look after what was left behind.
    }

    @Override
    public void counted(int partition, long keys, long bytes) {
      counted.put(partition, keys);
    }

    @Override
    public long keys() {
      return counted.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public BitSet overdue() {
      BitSet overdue = new BitSet();
      pending.forEach(overdue::set);
      return overdue;
    }

    @Override
    public void foundEqual(int partition, long untilNanos) {
      equal.put(partition, untilNanos);
    }

    @Override
    public boolean damage(int partition) {
      return damaged.add(partition);
    }

    @Override
    public boolean isDamaged(int partition) {
      return damaged.contains(partition);
    }

    @Override
    public boolean isClientWaiting(Duration longer) {
      return areClientsWaiting;
    }

    @Override
    public boolean holds(int partition) {
      return disk.containsKey(partition);
    }

    @Override
    public void drop(int partition) {
      disk.remove(partition);
      dropped.add(partition);
    }

    @Override
    public Ballot floor(int partition) {
      return floors.getOrDefault(partition, Ballot.ZERO);
    }

    @Override
    public int partitions() {
      return view.size();
    }

    @Override
    public boolean mayVote(Now now) {
      return mayVote;
    }

    @Override
    public int partitionOf(Key key) {
      throw new AssertionError("stabilization goes by partitions");
    }

    @Override
    public Optional<ReplicaSet> replicaSet(int partition) {
      return partition < view.size() ? Optional.of(view.get(partition)) : Optional.empty();
    }

    @Override
    public Peer peer(NodeId node) {
      return new Peer(node, address((int) node.bits()));
    }

    @Override
    public long runOf(NodeId node) {
      return site((int) node.bits()).run;
    }

    @Override
    public boolean isReachable(NodeId node) {
      return site((int) node.bits()).process.isPresent();
    }
  }
}
