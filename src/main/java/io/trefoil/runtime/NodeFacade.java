package io.trefoil.runtime;

import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.trefoil.core.machine.Command;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.NotDone;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.core.model.Outcome.Unknown;
import io.trefoil.core.model.Request;
import io.trefoil.runtime.PreviewView.Change;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// This process's node, as the REST resources, the health checks and the command line see it. Calls
/// travel over the local event bus to the loop that hosts the node; nothing here blocks.
@Singleton
public class NodeFacade {

  /// The event-bus address on which the node's [io.trefoil.core.machine.Event]s are published, as
  /// they are: all but those of single operations and packets, which only metrics and logs take.
  public static final String EVENTS = "trefoil.events";

  /// The event-bus address on which [Bulletin]s are published.
  public static final String BULLETINS = "trefoil.bulletins";

  /// The event-bus address of the node's data verticle.
  static final String ADDRESS = "trefoil.node";

  /// How much longer than an operation's own timeout its answer may take to cross the loops: beyond
  /// it the loop is taken to be stuck, and the answer is [Unknown].
  private static final long GRACE_MILLIS = 5_000;

  /// How long to wait for one answer of the steward on whether a member can be spared.
  private static final long ASK_MILLIS = 2_000;

  /// How long to wait before it is asked again.
  private static final long AGAIN_MILLIS = 500;

  private final Vertx vertx;
  private final NodeStatus status;
  private final String address;

  /// A facade of the node whose verticle answers on this event bus.
  @Inject
  NodeFacade(Vertx vertx, NodeStatus status) {
    this(vertx, status, ADDRESS);
  }

  /// A facade of one of several nodes in a process.
  ///
  /// @param address where on the event bus the node answers
  NodeFacade(Vertx vertx, NodeStatus status, String address) {
    this.vertx = vertx;
    this.status = status;
    this.address = address;
    ByReference.register(vertx.eventBus());
  }

  /// Carries out an operation with this node as its coordinator. Never fails: whatever goes wrong
  /// is an outcome.
  public Uni<Outcome> ask(Request request) {
    return call(
            new NodeCall.Ask(request, Context.current()),
            request.timeoutMillis() + GRACE_MILLIS,
            Outcome.class)
        .onFailure(ReplyException.class)
        .recoverWithItem(NodeFacade::outcomeOf);
  }

  /// The cluster as this node sees it.
  public Uni<ClusterView> cluster() {
    return call(new NodeCall.DescribeCluster(), GRACE_MILLIS, ClusterView.class);
  }

  /// Where a key lies, and what each of its voters holds: each is asked.
  public Uni<KeyView> explain(Key key) {
    long patience = Request.DEFAULT_TIMEOUT_MILLIS + GRACE_MILLIS;
    return call(new NodeCall.ExplainKey(key), patience, KeyView.class);
  }

  /// Who votes for which partition.
  public Uni<RingView> ring() {
    return call(new NodeCall.DescribeRing(), GRACE_MILLIS, RingView.class);
  }

  /// A part of a partition's keys, as a quorum of its voters knows them.
  ///
  /// @param after the part begins behind this key; empty for the first
  public Uni<KeysView> keys(int partition, Optional<Key> after) {
    return call(
        new NodeCall.ListKeys(partition, after), Desk.LIST_MILLIS + GRACE_MILLIS, KeysView.class);
  }

  /// What a change of members would move; empty if no map is known, or no member with a share of
  /// the ring has the name of the one to leave.
  public Uni<Optional<PreviewView>> preview(Change change) {
    return call(new NodeCall.LookAhead(change), GRACE_MILLIS, PreviewView.class)
        .map(view -> Optional.of(view).filter(known -> known.epoch() > 0));
  }

  /// Has what a member holds moved to others, so that it can be stopped for good.
  ///
  /// @param millis how long to wait for the map to say so; 25,000 at most
  public Uni<Verdict> decommission(String name, long millis) {
    return command(number -> new Command.Decommission(number, name), millis);
  }

  /// Lets a member stay after all.
  ///
  /// @param millis how long to wait for the map to say so; 25,000 at most
  public Uni<Verdict> recommission(String name, long millis) {
    return command(number -> new Command.Recommission(number, name), millis);
  }

  /// Waits until a member can be spared for a while.
  ///
  /// @param millis how long to wait for that; then the verdict says what is missing
  public Uni<Verdict> prepareStop(String name, long millis) {
    return prepareStop(name, System.nanoTime() + millis * 1_000_000, Verdict.UNANSWERED);
  }

  private Uni<Verdict> prepareStop(String name, long endNanos, Verdict last) {
    long left = (endNanos - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      return Uni.createFrom().item(last);
    }
    return command(number -> new Command.PrepareStop(number, name), Math.min(left, ASK_MILLIS))
        .chain(
            verdict ->
                verdict.kind() == Verdict.Kind.DONE
                    ? Uni.createFrom().item(verdict)
                    : Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(Math.min(left, AGAIN_MILLIS)))
                        .chain(() -> prepareStop(name, endNanos, verdict)));
  }

  /// Has what is left of a council that lost its majority for good go on alone.
  ///
  /// @param givenUp the members of the council that are lost, each of them
  public Uni<Verdict> forceCouncil(List<NodeId> givenUp) {
    return command(number -> new Command.ForceCouncil(number, givenUp), GRACE_MILLIS);
  }

  private Uni<Verdict> command(LongFunction<Command> command, long millis) {
    NodeCall call = new NodeCall.Commanded(command, millis);
    return call(call, millis + GRACE_MILLIS, Verdict.class);
  }

  /// The node's identity; [NodeId#NONE] until its data directory has been read.
  public NodeId id() {
    return status.id();
  }

  /// The operator's name for the node.
  public String name() {
    return status.name();
  }

  /// The epoch of the node's cluster map; 0 while it has none.
  public long epoch() {
    return status.epoch();
  }

  /// Whether the node is ready for clients.
  public Readiness readiness() {
    return status.readiness();
  }

  /// Whether this process is about to stop.
  public boolean draining() {
    return status.isDraining();
  }

  /// Whether the node's loop turns and its storage works; says nothing about the cluster.
  public boolean live() {
    return status.isLive();
  }

  private <T> Uni<T> call(NodeCall call, long timeoutMillis, Class<T> answer) {
    return Uni.createFrom()
        .completionStage(
            () ->
                vertx
                    .eventBus()
                    .request(address, call, ByReference.options(timeoutMillis))
                    .map(Message::body)
                    .map(answer::cast)
                    .toCompletionStage());
  }

  /// Without a handler nothing was begun; without an answer nobody knows.
  private static Outcome outcomeOf(ReplyException failure) {
    return failure.failureType() == ReplyFailure.NO_HANDLERS
        ? new NotDone(new Reason.NotReady())
        : new Unknown(new Reason.Forgotten());
  }
}
