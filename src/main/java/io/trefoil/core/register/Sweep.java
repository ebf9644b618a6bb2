package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Brings registers without a value on their way that nobody would forget any more: tombstones of
/// an epoch that is over, and those whose coordinator died, or was not heard by all, before every
/// voter knew that all held it; and promises for keys that were never written. Written once more,
/// as tombstones, they go the way of any tombstone.
///
/// They come to light when a copy is read through, after each change of the voters and with each
/// scrub. The first voter sees to tombstones, which all hold, whoever made it to a promise; whom it
/// does not reach now it meets again then.
final class Sweep {

  /// How old a promise, or a tombstone of the present epoch, is before it is thought left behind.
  private static final Duration OLD = Duration.ofMinutes(1);

  /// How many are kept in mind; others come to light again.
  static final int CAPACITY = 10_000;

  /// How many are written at once, each second: few enough not to be felt by clients.
  private static final int AT_ONCE = 64;

  private final NodeId self;
  private final Directory directory;
  private final HybridClock clock;
  private final Coordinator coordinator;
  private final SequencedSet<Key> found = new LinkedHashSet<>();

  Sweep(NodeId self, Directory directory, HybridClock clock, Coordinator coordinator) {
    this.self = self;
    this.directory = directory;
    this.clock = clock;
    this.coordinator = coordinator;
  }

  /// A part of a copy was read.
  void read(int partition, List<Stored> registers, Now now) {
    directory
        .replicaSet(partition)
        .filter(ReplicaSet::isStable)
        .ifPresent(
            set ->
                registers.stream()
                    .filter(stored -> isLeftBehind(stored, set, now))
                    .limit(CAPACITY - found.size())
                    .forEach(stored -> found.add(stored.key())));
  }

  private boolean isLeftBehind(Stored stored, ReplicaSet set, Now now) {
    Register register = stored.register();
    if (register.record().isEmpty()) {
      return isOld(register.promised(), now);
    }
    return register.record().get().value().isEmpty()
        && set.all().getFirst().equals(self)
        && (register.accepted().epoch() != set.epoch() || isOld(register.accepted(), now));
  }

  private boolean isOld(Ballot ballot, Now now) {
    return clock.wallMillis(now) - ballot.at().millis() > OLD.toMillis();
  }

  /// Writes the next ones.
  void due(Now now, RegisterSink out) {
    Iterator<Key> next = found.iterator();
    for (int written = 0; written < AT_ONCE && next.hasNext(); written++) {
      Key key = next.next();
      next.remove();
      coordinator.rewrite(key, now, out);
    }
  }
}
