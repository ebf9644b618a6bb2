package io.trefoil.core.register;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// Tombstones that every voter is known to hold, on their way out. They wait a little: the floor
/// that takes their place refuses whatever a slower clock still sends below it.
final class Collection {

  /// A tombstone that all voters hold under one ballot.
  ///
  /// @param dueNanos when it may go, on the monotonic clock
  record Grave(int partition, Key key, Ballot ballot, long dueNanos) {}

  private final ArrayDeque<Grave> graves = new ArrayDeque<>();
  private final Duration delay;

  /// @param delay how long a tombstone waits
  Collection(Duration delay) {
    this.delay = delay;
  }

  /// Every voter holds this tombstone.
  void add(int partition, Key key, Ballot ballot, Now now, RegisterSink out) {
    if (graves.isEmpty()) {
      out.emit(new Effect.Wake<>(new RegisterAlarm.CollectionDue(), delay));
    }
    graves.add(new Grave(partition, key, ballot, now.nanos() + delay.toNanos()));
  }

  /// Hands over those whose time has come.
  void due(Now now, Consumer<Grave> collector, RegisterSink out) {
    while (!graves.isEmpty() && graves.peekFirst().dueNanos() <= now.nanos()) {
      collector.accept(graves.removeFirst());
    }
    if (!graves.isEmpty()) {
      Duration rest = Duration.ofNanos(graves.peekFirst().dueNanos() - now.nanos());
      out.emit(new Effect.Wake<>(new RegisterAlarm.CollectionDue(), rest));
    }
  }
}
