package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Stored;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Brings tombstones on their way that nobody would forget any more: those of an epoch that is
/// over, and those whose coordinator died, or was not heard by all, before every voter knew that
/// all held it. Written once more, they go the way of any tombstone.
///
/// They come to light when a copy is read through, after each change of the voters and with each
/// scrub. The first voter sees to it; whom it does not reach now it meets again then.
final class Sweep {

  /// How old a tombstone of the present epoch is before it is thought forgotten.
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
        .filter(set -> set.isStable() && set.all().getFirst().equals(self))
        .ifPresent(
            set ->
                registers.stream()
                    .filter(stored -> isLeftBehind(stored, set, now))
                    .limit(CAPACITY - found.size())
                    .forEach(stored -> found.add(stored.key())));
  }

  private boolean isLeftBehind(Stored stored, ReplicaSet set, Now now) {
    Ballot ballot = stored.register().accepted();
    long age = clock.wallMillis(now) - ballot.at().millis();
    return stored.register().record().filter(record -> record.value().isEmpty()).isPresent()
        && (ballot.epoch() != set.epoch() || age > OLD.toMillis());
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
