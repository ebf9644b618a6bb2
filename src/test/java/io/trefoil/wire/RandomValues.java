package io.trefoil.wire;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapBallot;
import io.trefoil.core.map.MapDelta;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.Progress;
import io.trefoil.core.map.Summary;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Holding;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Remembered;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Stock;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Legal values of the domain drawn from a seed, their extremes more often than chance would.
public final class RandomValues {

  private final Random random;

  /// The same values for the same seed.
  public RandomValues(long seed) {
    this.random = new Random(seed);
  }

  /// One of these, each as likely.
  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /// A number from 0 to below the bound.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  <T> Optional<T> maybe(Supplier<T> value) {
    return coin() ? Optional.of(value.get()) : Optional.empty();
  }

  <T> List<T> some(int most, Supplier<T> value) {
    var values = new ArrayList<T>();
    int count = below(most + 1);
    for (int i = 0; i < count; i++) {
      values.add(value.get());
    }
    return values;
  }

  /// Any 64 bits.
  public long bits() {
    return oneOf(random.nextLong(), 0L, 1L, -1L, Long.MIN_VALUE);
  }

  /// A number that counts up from some start.
  long count(long from) {
    return oneOf(from, from + below(1_000), Long.MAX_VALUE, random.nextLong() >>> 1 | from);
  }

  int size(int from) {
    return oneOf(from, from + below(1_000), Integer.MAX_VALUE);
  }

  NodeId node() {
    return new NodeId(random.nextLong() | 1);
  }

  /// A text of so many bytes of UTF-8 at most.
  String text(int mostBytes) {
    int bytes = oneOf(0, 1, below(mostBytes + 1), mostBytes);
    var text = new StringBuilder();
    while (bytes > 0) {
      int character = oneOf((int) 'a', (int) ' ', (int) '/', 0, 0xe9, 0x20ac, 0x1f340);
      int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      text.appendCodePoint(size <= bytes ? character : 'z');
      bytes -= size <= bytes ? size : 1;
    }
    return text.toString();
  }

  Key key() {
    String text = text(Key.MAX_BYTES);
    return new Key(text.isEmpty() ? "k" : text);
  }

  int partition() {
    return oneOf(0, below(4_096), Partitions.MAX_COUNT - 1);
  }

  Address address() {
    String host = oneOf("10.0.0.1", "::1", "trefoil-0.trefoil.svc", "h" + text(200));
    return new Address(host, oneOf(1, 7_400, 65_535));
  }

  HybridTimestamp time() {
    return new HybridTimestamp(bits());
  }

  Ballot ballot() {
    return new Ballot(count(1), time(), new NodeId(bits()), bits());
  }

  Ballot ballotOrZero() {
    return coin() ? ballot() : Ballot.ZERO;
  }

  Version version() {
    return new Version(ballot());
  }

  Value value(int mostBytes) {
    var bytes = new byte[oneOf(0, 1, below(mostBytes + 1), mostBytes)];
    random.nextBytes(bytes);
    return new Value(bytes, oneOf(Value.OCTETS, "text/plain; charset=utf-8", "", text(300)));
  }

  Record record() {
    return new Record(
        version(),
        maybe(() -> value(300)),
        oneOf(0L, count(1)),
        some(3, () -> new Remembered(random.nextLong() | 1, version())));
  }

  Condition condition() {
    return switch (below(4)) {
      case 0 -> new Condition.Always();
      case 1 -> new Condition.Absent();
      case 2 -> new Condition.Present();
      default -> {
        List<Version> versions = new ArrayList<>(some(3, this::madeUp));
        versions.add(madeUp());
        yield new Condition.VersionIn(versions);
      }
    };
  }

  /// A version as a client may write it into If-Match.
  private Version madeUp() {
    return new Version(new Ballot(bits(), time(), new NodeId(bits()), bits()));
  }

  private Operation operation() {
    return switch (below(4)) {
      case 0 -> new Operation.Get(key(), oneOf(Consistency.values()));
      case 1 -> new Operation.Put(key(), value(300), condition());
      case 2 -> new Operation.Delete(key(), condition());
      default -> new Operation.Inspect(key());
    };
  }

  Request request() {
    return new Request(operation(), oneOf(Request.Ack.values()), bits(), count(1));
  }

  Outcome outcome() {
    return switch (below(6)) {
      case 0 -> new Outcome.Found(maybe(this::record));
      case 1 -> new Outcome.Done(version(), size(0));
      case 2 -> new Outcome.Refused(maybe(this::record));
      case 3 -> new Outcome.NotDone(reason());
      case 4 -> new Outcome.Inspected(some(3, this::holding));
      default -> new Outcome.Unknown(reason());
    };
  }

  private Holding holding() {
    return new Holding(node(), ballotOrZero(), maybe(this::record));
  }

  private Reason reason() {
    return switch (below(5)) {
      case 0 -> new Reason.NoQuorum(some(3, this::node));
      case 1 -> new Reason.Contended();
      case 2 -> new Reason.NotReady();
      case 3 -> new Reason.Overloaded();
      default -> new Reason.Forgotten();
    };
  }

  MapBallot mapBallot() {
    return oneOf(MapBallot.ZERO, new MapBallot(count(1), node()));
  }

  Progress progress() {
    return new Progress(
        count(0), partitions(), partitions(), partitions(), partitions(), count(0), count(0));
  }

  /// A partition, or -1.
  int partitionOrNone() {
    return oneOf(-1, 0, 1 + below((1 << 20) - 1));
  }

  /// What some nodes keep.
  List<Stock> stocks() {
    return some(9, () -> new Stock(node(), count(0), count(0)));
  }

  /// Some nodes.
  List<NodeId> nodes() {
    return some(5, this::node);
  }

  Summary summary() {
    return new Summary(count(0), size(0), size(0), size(0), size(0), size(0), size(0));
  }

  /// Partitions in rising order, in runs or scattered.
  List<Integer> partitions() {
    int oneIn = oneOf(1, 2, 50);
    var taken = new ArrayList<Integer>();
    for (int partition = oneOf(0, 1, 1_000); taken.size() < 40 && below(100) > 0; partition++) {
      if (below(oneIn) == 0) {
        taken.add(partition);
      }
    }
    return taken;
  }

  MapMember member() {
    return new MapMember(
        node(), text(255), text(255), size(1), address(), oneOf(MapMember.Standing.values()));
  }

  /// A sound map: most partitions alike, some moving, some with fewer voters.
  public ClusterMap map() {
    List<MapMember> members = new ArrayList<>(some(9, this::member));
    members.add(member());
    members.sort(Comparator.comparing(MapMember::id));
    List<NodeId> ids = members.stream().map(MapMember::id).toList();
    long epoch = count(1);
    var partitions = new Partitions(1 << below(8));
    var sets = new ArrayList<ReplicaSet>();
    for (int i = 0; i < partitions.count(); i++) {
      sets.add(replicaSet(ids, oneOf(epoch, 1L)));
    }
    return new ClusterMap(
        bits(),
        epoch,
        partitions,
        1 + below(16),
        size(1),
        members,
        voters(ids, 5),
        sets,
        oneOf(0L, epoch));
  }

  /// What leads from one map to another.
  public MapDelta delta() {
    ClusterMap map = map();
    List<NodeId> ids = map.members().stream().map(MapMember::id).toList();
    long base = 1 + below(1_000);
    long epoch = base + 1 + below(1_000);
    var changed = new TreeMap<Integer, ReplicaSet>();
    for (int i = below(8); i > 0; i--) {
      ReplicaSet set = replicaSet(ids, epoch);
      changed.put(below(1_000), set.epoch() > base ? set : set.moving(epoch, set.target()));
    }
    return new MapDelta(
        bits(), base, epoch, map.members(), map.council(), changed, oneOf(0L, base));
  }

  private ReplicaSet replicaSet(List<NodeId> ids, long epoch) {
    List<NodeId> old = voters(ids, oneOf(3, 3, 3, 3, 2));
    var stable = ReplicaSet.stable(oneOf(epoch, 1L), old);
    return switch (below(10)) {
      case 0 -> stable.moving(epoch, voters(ids, 3));
      case 1 -> stable.forced(epoch, old.subList(0, 1), voters(ids, 3));
      case 2 -> stable.moving(1, voters(ids, 3)).moved(epoch);
      default -> stable;
    };
  }

  private List<NodeId> voters(List<NodeId> ids, int most) {
    var shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, Math.min(most, shuffled.size())));
  }
}
