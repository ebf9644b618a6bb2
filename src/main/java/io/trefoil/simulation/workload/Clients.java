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
  private static final long GRACE = Duration.ofMillis(50).toNanos();

  private final World world;
  private final History history;
  private final RandomGenerator random;
  private final long timeoutMillis;
  private boolean stopped;
  private int open;

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
    List<Host> hosts = world.hosts();
    ask(client, hosts.get(random.nextInt(hosts.size())), operation, then);
  }

  /// Asks a node; if it does not run, another one a little later.
  public void ask(int client, Host host, Operation operation, Consumer<Optional<Outcome>> then) {
    if (host.status() == Status.DOWN) {
      after(RETRY, () -> ask(client, operation, then));
    } else {
      new Conversation(client, host, operation, then).begin();
    }
  }

  /// One operation from the question to the answer.
  private final class Conversation {
    private final Host host;
    private final Operation operation;
    private final Consumer<Optional<Outcome>> then;
    private final int call;
    private final long begun = world.nanos();
    private final long interruptions;
    private boolean over;

    Conversation(int client, Host host, Operation operation, Consumer<Optional<Outcome>> then) {
      this.host = host;
      this.operation = operation;
      this.then = then;
      this.call = history.invoke(client, host.number(), operation, begun);
      this.interruptions = host.interruptions();
    }

    void begin() {
      open++;
      var request = new Request(operation, Request.Ack.QUORUM, 0, timeoutMillis);
      world.after(Duration.ofMillis(2 * timeoutMillis), this::giveUp);
      world.ask(host, request, this::answered);
    }

    private void answered(Optional<Outcome> outcome) {
      if (over) {
        return;
      }
      outcome.ifPresent(o -> history.complete(call, o, world.nanos()));
      if (outcome.isPresent()
          && world.nanos() - begun > timeoutMillis * 1_000_000 + GRACE
          && host.interruptions() == interruptions) {
        world.violated(RULE, host + " answers late: " + history.calls().get(call));
      }
      end(outcome);
    }

    private void giveUp() {
      if (over) {
        return;
      }
      if (host.interruptions() == interruptions && host.status() == Status.UP) {
        world.violated(RULE, host + " does not answer: " + history.calls().get(call));
      }
      end(Optional.empty());
    }

    private void end(Optional<Outcome> outcome) {
      over = true;
      open--;
      if (!stopped) {
        then.accept(outcome);
      }
    }
  }
}
