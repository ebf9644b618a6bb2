package io.trefoil.runtime;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.News;
import io.trefoil.core.model.Key;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Where operators' commands wait for the event that answers them, each for so long and no longer.
///
/// Used on the node's event loop.
final class Desk implements Watcher {

  /// A command that waits for longer would be given up by the node itself.
  static final long MAX_MILLIS = 25_000;

  /// Longer than the node itself goes on asking for keys.
  static final long LIST_MILLIS = 6_000;

  private final Vertx vertx;
  private final Consumer<News> node;
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private long last;

  private record Waiting(Consumer<Optional<Event>> who, long timer) {}

  /// A desk that nothing waits at.
  ///
  /// @param node is told the commands
  /// @param first numbers go on from here; a random one keeps apart what an earlier run asked
  Desk(Vertx vertx, Consumer<News> node, long first) {
    this.vertx = vertx;
    this.node = node;
    this.last = first;
  }

  /// Hands a command to the node.
  ///
  /// @param command made with the number that it gets
  /// @param millis how long to wait for an answer
  /// @param who told how it ended, once, when the node is done with the input at hand
  void command(LongFunction<Command> command, long millis, Consumer<Verdict> who) {
    hand(command, millis, event -> who.accept(event.map(Desk::verdict).orElse(Verdict.UNANSWERED)));
  }

  /// Asks what every node keeps.
  ///
  /// @param partition also who has a complete copy of this one; below 0 for none
  /// @param millis how long to wait for an answer
  /// @param who told what was answered, once; empty if nothing was in time
  void survey(int partition, long millis, Consumer<Optional<Event.Surveyed>> who) {
    hand(
        number -> new Command.Survey(number, partition),
        millis,
        event ->
            who.accept(
                event.filter(Event.Surveyed.class::isInstance).map(Event.Surveyed.class::cast)));
  }

  /// Lists a partition's keys.
  ///
  /// @param after the list begins behind this key; empty for the first
  /// @param who told what was answered, once; empty if too few voters did
  void list(int partition, Optional<Key> after, Consumer<Optional<Event.KeysListed>> who) {
    hand(
        number -> new Command.ListKeys(number, partition, after),
        LIST_MILLIS,
        event ->
            who.accept(
                event
                    .filter(Event.KeysListed.class::isInstance)
                    .map(Event.KeysListed.class::cast)));
  }

  @Override
  public void happened(Event event) {
    if (event instanceof Event.OrderAnswered(long number, var _)) {
      answered(number, Optional.of(event));
    } else if (event instanceof Event.Surveyed surveyed) {
      answered(surveyed.number(), Optional.of(event));
    } else if (event instanceof Event.KeysListed listed) {
      answered(listed.number(), Optional.of(event));
    }
  }

  private void hand(LongFunction<Command> command, long millis, Consumer<Optional<Event>> who) {
    long number = ++last;
    long patience = Math.clamp(millis, 1, MAX_MILLIS);
    long timer = vertx.setTimer(patience, _ -> answered(number, Optional.empty()));
    waiting.put(number, new Waiting(who, timer));
    node.accept(new News.Commanded(command.apply(number)));
  }

  private void answered(long number, Optional<Event> event) {
    Waiting one = waiting.remove(number);
    if (one != null) {
      vertx.cancelTimer(one.timer);
      vertx.runOnContext(_ -> one.who.accept(event));
    }
  }

  private static Verdict verdict(Event event) {
    return event instanceof Event.OrderAnswered(long _, var refusal)
        ? refusal.map(Verdict::refused).orElse(Verdict.DONE)
        : Verdict.DONE;
  }
}
