package io.trefoil.core.map;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// Writes to disk, and holds back whatever may not happen before what was written is durable: the
/// one place where "persisted before answered" is kept.
final class Journal {

  private final Queue<Held> held = new ArrayDeque<>();
  private long written;
  private long durable;

  /// Writes.
  void write(MapWrite write, Moment at) {
    at.persist(++written, write);
  }

  /// Does something once all that was written up to now is durable; at once if it is.
  void then(Moment at, Consumer<Moment> deed) {
    if (durable >= written) {
      deed.accept(at);
    } else {
      held.add(new Held(written, deed));
    }
  }

  /// All writes up to this ticket are durable.
  void persisted(long ticket, Moment at) {
    durable = Math.max(durable, ticket);
    while (!held.isEmpty() && held.peek().after <= durable) {
      held.remove().deed.accept(at);
    }
  }

  /// @param after the ticket that the deed waits for
  private record Held(long after, Consumer<Moment> deed) {}
}
