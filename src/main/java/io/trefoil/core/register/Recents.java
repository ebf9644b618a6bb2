package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Remembered;
import io.trefoil.core.model.Version;
import io.trefoil.core.register.Recollection.Acceptance;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One replica's memory of the versions it accepted lately: lets a coordinator tell a write that
/// never happened from one that happened and was overwritten. Held in memory only; how far back it
/// reaches is told with every answer, as a duration, so that no clocks are compared.
final class Recents {

  /// How long a version is remembered, in nanoseconds: a minute.
  static final long RETENTION_NANOS = 60_000_000_000L;

  /// How many versions are remembered at most; beyond, the memory reaches less far back.
  static final int CAPACITY = 100_000;

  /// A version that was accepted so often, last under this ballot.
  private record Times(int count, Ballot ballot) {}

  private record Entry(Version version, long idempotency, long atNanos) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final Map<Version, Times> versions = new LinkedHashMap<>();
  private final Map<Long, Acceptance> byIdempotency = new LinkedHashMap<>();
  private boolean forgotten;
  private long completeSinceNanos = Long.MIN_VALUE;

  /// @param forgetful whether an earlier run may have accepted what this memory does not hold
  Recents(boolean forgetful) {
    this.forgotten = forgetful;
  }

  /// The run begins: what is accepted from now on is remembered.
  void begin(Now now) {
    completeSinceNanos = now.nanos();
  }

  /// Remembers an accepted record.
  void remember(Record accepted, Ballot ballot, Now now) {
    forget(now);
    long idempotency = idempotencyOf(accepted);
    entries.addLast(new Entry(accepted.version(), idempotency, now.nanos()));
    versions.merge(
        accepted.version(),
        new Times(1, ballot),
        (before, _) -> new Times(before.count + 1, before.ballot.max(ballot)));
    if (idempotency != 0) {
      byIdempotency.put(idempotency, new Acceptance(accepted.version(), ballot));
    }
  }

  /// What is remembered of an operation.
  Recollection of(Intent intent, Now now) {
    forget(now);
    Optional<Acceptance> sameKey =
        intent.idempotency() == 0
            ? Optional.empty()
            : Optional.ofNullable(byIdempotency.get(intent.idempotency()));
    Optional<Ballot> accepted =
        Optional.ofNullable(versions.get(intent.version())).map(Times::ballot);
    return new Recollection(accepted, sameKey, spanMillis(now));
  }

  private long spanMillis(Now now) {
    return forgotten ? (now.nanos() - completeSinceNanos) / 1_000_000 : Long.MAX_VALUE;
  }

  private void forget(Now now) {
    while (!entries.isEmpty()
        && (entries.size() > CAPACITY
            || entries.peekFirst().atNanos < now.nanos() - RETENTION_NANOS)) {
      Entry oldest = entries.removeFirst();
      versions.computeIfPresent(
          oldest.version,
          (_, times) -> times.count == 1 ? null : new Times(times.count - 1, times.ballot));
      if (oldest.idempotency != 0 && !versions.containsKey(oldest.version)) {
        byIdempotency.computeIfPresent(
            oldest.idempotency, (_, a) -> a.version().equals(oldest.version) ? null : a);
      }
      forgotten = true;
      completeSinceNanos = Math.max(completeSinceNanos, oldest.atNanos + 1);
    }
  }

  private static long idempotencyOf(Record record) {
    for (Remembered remembered : record.memory()) {
      if (remembered.version().equals(record.version())) {
        return remembered.idempotency();
      }
    }
    return 0;
  }
}
