package io.trefoil.runtime;

import io.smallrye.mutiny.Uni;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation.Delete;
import io.trefoil.core.model.Operation.Get;
import io.trefoil.core.model.Operation.Inspect;
import io.trefoil.core.model.Operation.Put;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.Done;
import io.trefoil.core.model.Outcome.Found;
import io.trefoil.core.model.Outcome.Refused;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Version;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// A node of one map in memory, under a lock: linearizable by construction, so that whatever a test
/// finds wrong is wrong with HTTP. Outcomes that a healthy map cannot have are scripted.
@Alternative
@Singleton
public class FakeFacade extends NodeFacade {

  /// The wall clock of every write: Sun, 22 Nov 2026 19:30:00 GMT and a bit.
  public static final long MILLIS = 1795375800_123L;

  /// Who this node is.
  public static final NodeId ID = new NodeId(0xa);

  /// Its one peer that the view of the cluster names.
  public static final NodeId PEER = new NodeId(0xb);

  private final Map<Key, Record> records = new HashMap<>();
  private final Queue<Outcome> script = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private long draws;
  private final Queue<Verdict> verdicts = new ArrayDeque<>();
  private final List<String> commands = new ArrayList<>();
  private RingView ring = RingView.NONE;
  private Optional<PreviewView> preview = Optional.empty();
  private boolean draining;
  private KeysView keys = KeysView.of(0, Optional.empty());
  private Optional<ClusterView> cluster = Optional.empty();
  private Optional<KeyView> explained = Optional.empty();
  private Readiness readiness = new Readiness(true, "The node is ready.", Map.of("epoch", 7L));

  @Inject
  FakeFacade(Vertx vertx, NodeStatus status) {
    super(vertx, status);
  }

  /// Forgets everything.
  public synchronized void reset() {
    records.clear();
    script.clear();
    requests.clear();
    cluster = Optional.empty();
    verdicts.clear();
    commands.clear();
    ring = RingView.NONE;
    keys = KeysView.of(0, Optional.empty());
    preview = Optional.empty();
    draining = false;
    readiness = new Readiness(true, "The node is ready.", Map.of("epoch", 7L));
  }

  /// Lets the next request end so, whatever it is.
  public synchronized void next(Outcome outcome) {
    script.add(outcome);
  }

  /// Lets the cluster look so; without it, its description fails.
  public synchronized void show(ClusterView view) {
    cluster = Optional.of(view);
  }

  /// Lets every key lie so.
  public synchronized void show(KeyView view) {
    explained = Optional.of(view);
  }

  /// Lets every partition hold these keys.
  public synchronized void show(KeysView view) {
    keys = view;
  }

  /// Lets the node be ready or not.
  public synchronized void show(Readiness now) {
    readiness = now;
  }

  /// Lets the ring look so.
  public synchronized void show(RingView view) {
    ring = view;
  }

  /// Lets every change be seen to move that; null for one that cannot be looked at.
  public synchronized void show(PreviewView view) {
    preview = Optional.ofNullable(view);
  }

  /// Lets the next command end so.
  public synchronized void next(Verdict verdict) {
    verdicts.add(verdict);
  }

  /// The commands and changes that came this far, in words, in order.
  public synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  /// Lets the process be about to stop, or not.
  public synchronized void drain(boolean now) {
    draining = now;
  }

  /// The requests that came this far, in order.
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public Uni<Outcome> ask(Request request) {
    return Uni.createFrom().item(() -> answer(request));
  }

  @Override
  public Uni<ClusterView> cluster() {
    return Uni.createFrom().item(() -> cluster.orElseThrow());
  }

  @Override
  public Uni<KeyView> explain(Key key) {
    return Uni.createFrom()
        .item(explained.orElseThrow())
        .map(v -> new KeyView(key, v.token(), v.partition(), v.epoch(), v.replicas()));
  }

  @Override
  public Uni<RingView> ring() {
    return Uni.createFrom().item(() -> ring);
  }

  @Override
  public synchronized Uni<KeysView> keys(int partition, Optional<Key> after) {
    commands.add("keys of " + partition + after.map(key -> " after " + key.text()).orElse(""));
    return Uni.createFrom().item(keys);
  }

  @Override
  public Uni<Optional<PreviewView>> preview(PreviewView.Change change) {
    commands.add(change.toString());
    return Uni.createFrom().item(preview);
  }

  @Override
  public Uni<Verdict> decommission(String name, long millis) {
    return command("decommission " + name + " " + millis);
  }

  @Override
  public Uni<Verdict> recommission(String name, long millis) {
    return command("recommission " + name + " " + millis);
  }

  @Override
  public Uni<Verdict> prepareStop(String name, long millis) {
    return command("prepare-stop " + name + " " + millis);
  }

  @Override
  public Uni<Verdict> forceCouncil(List<NodeId> givenUp) {
    return command("force " + givenUp);
  }

  private synchronized Uni<Verdict> command(String words) {
    commands.add(words);
    Verdict scripted = verdicts.poll();
    return Uni.createFrom().item(scripted == null ? Verdict.DONE : scripted);
  }

  @Override
  public synchronized boolean draining() {
    return draining;
  }

  @Override
  public NodeId id() {
    return ID;
  }

  @Override
  public String name() {
    return "node-a";
  }

  @Override
  public long epoch() {
    return 7;
  }

  @Override
  public synchronized Readiness readiness() {
    return readiness;
  }

  @Override
  public boolean live() {
    return true;
  }

  private synchronized Outcome answer(Request request) {
    requests.add(request);
    Outcome scripted = script.poll();
    return scripted != null ? scripted : apply(request);
  }

  private Outcome apply(Request request) {
    Optional<Record> current = Optional.ofNullable(records.get(request.operation().key()));
    return switch (request.operation()) {
      case Get _ -> new Found(current);
      case Put put when put.condition().holdsFor(current, MILLIS) -> {
        records.put(put.key(), Record.of(draw(), put.value()));
        yield new Done(records.get(put.key()).version(), 2);
      }
      case Delete delete when delete.condition().holdsFor(current, MILLIS) -> {
        records.remove(delete.key());
        yield new Done(draw(), 3);
      }
      case Put _, Delete _ -> new Refused(current);
      case Inspect _ -> throw new IllegalArgumentException("no client asks for this");
    };
  }

  private Version draw() {
    return new Version(new Ballot(7, HybridTimestamp.ofMillis(MILLIS), ID, ++draws));
  }
}
