package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks after keys that have been pending here for long: a coordinator died before it told all
/// voters, or one of them was away. Once all can be reached, they are asked what they hold, and
/// brought to hold the same. The key's first voter does it; the others wait, lest they all do.
final class Caretaker {

  /// How long a key may be pending before its first voter looks after it: well above what an
  /// operation takes.
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /// How much longer each next voter waits.
  static final Duration DEFERENCE = Duration.ofSeconds(2);

  /// How many keys are looked at, and how many of them looked after, at once.
  private static final int LOOKED_AT = 4_096;

  private static final int AT_ONCE = 64;

  private final NodeId self;
  private final Directory directory;
  private final Coordinator coordinator;
  private final Pending pending;

  Caretaker(NodeId self, Directory directory, Coordinator coordinator, Pending pending) {
    this.self = self;
    this.directory = directory;
    this.coordinator = coordinator;
    this.pending = pending;
  }

  /// Looks after the eldest.
  void repairDue(Now now, RegisterSink out) {
    List<Pending.Entry> old = pending.olderThan(now.nanos() - PATIENCE.toNanos(), LOOKED_AT);
    int repairs = 0;
    for (Pending.Entry entry : old) {
      if (repairs < AT_ONCE && isMine(entry, now) && coordinator.repair(entry.key(), now, out)) {
        pending.postpone(entry, now);
        repairs++;
      }
    }
  }

  private boolean isMine(Pending.Entry entry, Now now) {
    Optional<ReplicaSet> set = directory.replicaSet(entry.partition());
    long rank = set.map(voters -> (long) voters.all().indexOf(self)).orElse(-1L);
    long waited = now.nanos() - entry.sinceNanos() - PATIENCE.toNanos();
    return rank >= 0 && waited >= rank * DEFERENCE.toNanos();
  }
}
