package io.trefoil.simulation.workload;

import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import io.trefoil.simulation.history.History;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The users of a simulated cluster. They ask any node that accepts their connection, give up when
/// it has not answered long after it should have, and have everything written down.
public final class Clients {

  private static final String RULE = "every operation is answered in its time";
  private static final Duration RETRY = Duration.ofMillis(50);
  private static final int ATTEMPTS = 6;
  private static final long GRACE = Duration.ofMillis(50).toNanos();

  private final World world;
  private final History history;
  private final RandomGenerator random;
  private final long timeoutMillis;
  private boolean stopped;
  private int open;
  private long keys;

  /// Clients of a world.
  ///
  /// @param timeoutMillis how long they allow each operation to take
  public Clients(World world, History history, long timeoutMillis) {
    this.world = world;
    this.history = history;
    this.random = world.chance().stream("clients");
    this.timeoutMillis = timeoutMillis;
  }

  /// How many operations are under way.
  public int open() {
    return open;
  }

  /// From now on clients begin nothing new: what was to come after an answer does not.
  public void stop() {
    stopped = true;
  }

  /// Ends [#stop].
  public void resume() {
    stopped = false;
  }

  /// For the clients' choices.
  public RandomGenerator random() {
    return random;
  }

  /// The world they live in.
  public World world() {
    return world;
  }

  /// Does something after a while, unless clients stop first.
  public void after(Duration pause, Runnable work) {
    world.after(
        pause,
        () -> {
          if (!stopped) {
            work.run();
          }
        });
  }

  /// Asks any node that runs.
  ///
  /// @param then takes the outcome; empty if the connection broke or the client gave up
  public void ask(int client, Operation operation, Consumer<Optional<Outcome>> then) {
    ask(client, anyHost(), operation, then);
  }

  /// Asks a node; if it does not run, another one a little later.
  public void ask(int client, Host host, Operation operation, Consumer<Optional<Outcome>> then) {
    if (host.status() == Status.DOWN) {
      after(RETRY, () -> ask(client, operation, then));
    } else {
      new Conversation(client, host, operation, 0, then).attempt(host);
    }
  }

  /// Asks any node that runs, and others after it, with one Idempotency-Key, until the end of the
  /// operation is known or the client has had enough. For the history this is one operation.
  public void insist(int client, Operation operation, Consumer<Optional<Outcome>> then) {
    Host host = anyHost();
    if (host.status() == Status.DOWN) {
      after(RETRY, () -> insist(client, operation, then));
    } else {
      new Conversation(client, host, operation, ++keys, then).attempt(host);
    }
  }

  private Host anyHost() {
    List<Host> hosts = world.hosts();
    return hosts.get(random.nextInt(hosts.size()));
  }

  /// One operation from the question to the answer, in one attempt or several.
  private final class Conversation {

    private final Operation operation;
    private final long idempotency;
    private final Consumer<Optional<Outcome>> then;
    private final int call;
    private int attempts;
    private boolean uncertain;

    Conversation(
        int client,
        Host host,
        Operation operation,
        long idempotency,
        Consumer<Optional<Outcome>> then) {
      this.operation = operation;
      this.idempotency = idempotency;
      this.then = then;
      this.call = history.invoke(client, host.number(), operation, world.nanos());
      open++;
    }

    void attempt(Host host) {
      int number = ++attempts;
      long begun = world.nanos();
      long interruptions = host.interruptions();
      var request = new Request(operation, Request.Ack.QUORUM, idempotency, timeoutMillis);
      world.after(
          Duration.ofMillis(2 * timeoutMillis),
          () -> {
            if (attempts == number) {
              boolean excused = host.interruptions() != interruptions || host.status() != Status.UP;
              require(excused, host, "does not answer");
              take(Optional.empty());
            }
          });
      world.ask(
          host,
          request,
          outcome -> {
            if (attempts == number) {
              boolean inTime = world.nanos() - begun <= timeoutMillis * 1_000_000 + GRACE;
              boolean excused = outcome.isEmpty() || host.interruptions() != interruptions;
              require(inTime || excused, host, "answers late");
              take(outcome);
            }
          });
    }

    private void require(boolean holds, Host host, String otherwise) {
      if (!holds) {
        world.violated(RULE, host + " " + otherwise + ": " + history.calls().get(call));
      }
    }

    /// Takes the end of an attempt. One that may have been done is not undone by a later one that
    /// was refused.
    private void take(Optional<Outcome> outcome) {
      boolean done = outcome.filter(Clients::isDone).isPresent();
      boolean mayBeDone = outcome.isEmpty() || outcome.get() instanceof Outcome.Unknown;
      uncertain |= mayBeDone;
      if (uncertain && !done && idempotency != 0 && attempts < ATTEMPTS && !stopped) {
        repeat();
        return;
      }
      attempts++;
      open--;
      Optional<Outcome> end = done || !uncertain ? outcome : Optional.empty();
      end.or(() -> outcome.filter(o -> mayBeDone))
          .ifPresent(o -> history.complete(call, o, world.nanos()));
      if (!stopped) {
        then.accept(end);
      }
    }

    private void repeat() {
      Host host = anyHost();
      if (host.status() == Status.DOWN) {
        attempts++;
        int number = attempts;
        world.after(RETRY, () -> resume(number));
      } else {
        attempt(host);
      }
    }

    private void resume(int number) {
      if (attempts == number) {
        take(Optional.empty());
      }
    }
  }

  private static boolean isDone(Outcome outcome) {
    return outcome instanceof Outcome.Done || outcome instanceof Outcome.Found;
  }
}
