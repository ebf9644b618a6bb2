package io.trefoil.runtime;

import io.opentelemetry.context.Context;
import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.storage.CommitLoop;
import io.trefoil.storage.Completions;
import io.trefoil.transport.Inbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Hosts a node on one event loop: hands it what happens, with the time, and carries out what it
/// wants done. The simulator's world does the same in virtual time.
///
/// Whatever the node throws ends it: its state can no longer be explained, so nothing more is
/// handed to it, and the surroundings are told.
///
/// All methods but [#close] are called on the event loop.
final class NodeHost implements Inbox, Completions, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(NodeHost.class);

  private final Machine<Envelope, Alarm, Write> node;
  private final Surroundings around;
  private final AlarmClock<Alarm> alarms;
  private final CommitLoop commits;
  private final Map<Long, Open> open = new HashMap<>();
  private final long origin = System.nanoTime();
  private long asked;
  private long packets;
  private boolean ended;

  /// An operation that waits for its end.
  private record Open(Request request, Consumer<Outcome> client, long sinceNanos) {}

  /// Hosts a machine that nothing has happened to yet.
  NodeHost(Machine<Envelope, Alarm, Write> node, Surroundings around) {
    this.node = node;
    this.around = around;
    this.alarms =
        new AlarmClock<>(around.context().owner(), this::nanos, () -> packets, this::rang);
    this.commits =
        new CommitLoop(
            around.store(),
            around.sync(),
            task -> around.context().runOnContext(_ -> task.run()),
            this);
  }

  /// Hands the node some news.
  void tell(News news) {
    feed(new Input.Told<>(news));
  }

  /// Hands the node a request that is no part of anything.
  ///
  /// @param client given the outcome, once; if the node ends before it knows, an unknown one
  void ask(Request request, Consumer<Outcome> client) {
    ask(request, Context.root(), client);
  }

  /// Hands the node a client's request.
  ///
  /// @param within what it is a part of, for who traces
  /// @param client given the outcome, once; if the node ends before it knows, an unknown one
  void ask(Request request, Context within, Consumer<Outcome> client) {
    if (ended) {
      client.accept(new Outcome.NotDone(new Outcome.Reason.NotReady()));
      return;
    }
    long number = ++asked;
    open.put(number, new Open(request, client, nanos()));
    around.watcher().began(number, request, within);
    feed(new Input.Asked<>(number, request));
  }

  /// How many operations wait for their end.
  int openOperations() {
    return open.size();
  }

  /// Nothing more goes in or comes out; who still waits is told that nobody knows. To be followed
  /// by [#close].
  void end() {
    ended = true;
    alarms.stop();
    commits.stop();
    List<Open> waiting = List.copyOf(open.values());
    open.clear();
    waiting.forEach(
        one -> one.client().accept(new Outcome.Unknown(new Outcome.Reason.Forgotten())));
  }

  /// Waits for what is being written, and closes the store. Off the event loop.
  @Override
  public void close() {
    commits.close();
  }

  @Override
  public void heard(Peer from, Envelope envelope) {
    packets++;
    feed(new Input.Heard<>(from, envelope));
  }

  @Override
  public void rejected(String reason) {
    packets++;
    around.watcher().happened(new Event.PacketRejected(reason));
  }

  @Override
  public void persisted(long ticket) {
    feed(new Input.Persisted<>(ticket));
  }

  @Override
  public void fetched(long ticket, Register register) {
    feed(new Input.Fetched<>(ticket, register));
  }

  @Override
  public void scanned(long ticket, Stretch stretch) {
    feed(new Input.Scanned<>(ticket, stretch.registers(), stretch.last()));
  }

  @Override
  public void unreadable(long ticket, String reason) {
    LOG.error(reason);
    feed(new Input.Unreadable<>(ticket));
  }

  @Override
  public void committed(int writes, long nanos) {
    around.watcher().committed(writes, nanos);
  }

  @Override
  public void failed(String reason) {
    fail(reason);
  }

  private void rang(Alarm alarm, long lateNanos) {
    feed(new Input.Fired<>(alarm, lateNanos));
  }

  /// Errors are caught, too: a stack overflow inside the node leaves it just as half-changed.
  private void feed(Input<Envelope, Alarm> input) {
    if (ended) {
      return;
    }
    try {
      node.on(input, new Now(nanos(), System.currentTimeMillis()), this::carryOut);
    } catch (RuntimeException | Error thrown) {
      LOG.errorf(thrown, "The node failed on %s", input.getClass().getSimpleName());
      fail("The node is broken: " + thrown);
    }
  }

  private void carryOut(Effect<Envelope, Alarm, Write> effect) {
    switch (effect) {
      case Effect.Send(var to, var envelope) -> around.network().accept(to, envelope);
      case Effect.Wake(var alarm, var after) -> alarms.set(alarm, after);
      case Effect.Cancel(var alarm) -> alarms.cancel(alarm);
      case Effect.Persist(var ticket, var write) -> commits.persist(ticket, write);
      case Effect.Fetch(var ticket, var partition, var key) ->
          commits.fetch(ticket, partition, key);
      case Effect.Scan(var ticket, var partition, var after, var maxBytes) ->
          commits.scan(ticket, partition, after, maxBytes);
      case Effect.Reply(var number, var outcome) -> reply(number, outcome);
      case Effect.Announce(var event) -> around.watcher().happened(event);
    }
  }

  private void reply(long number, Outcome outcome) {
    Open operation = open.remove(number);
    Check.that(operation != null, () -> "a request is answered once: " + number);
    around.watcher().ended(number, operation.request(), outcome, nanos() - operation.sinceNanos());
    operation.client().accept(outcome);
  }

  private void fail(String reason) {
    if (!ended) {
      end();
      around.broken().accept(reason);
    }
  }

  private long nanos() {
    return System.nanoTime() - origin;
  }
}
