package io.trefoil.runtime;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/// A node's alarms, told apart by equality, on one Vert.x timer that is set to the earliest.
///
/// An operation sets and cancels an alarm or two, so both are cheap: an entry of a sorted set. The
/// timer is moved only when an earlier alarm comes; when the earliest is cancelled it goes off in
/// vain.
///
/// After a pause of the process everything is late: alarms that mean "nobody answered" and, in the
/// sockets' buffers, the answers. So a late clock lets the loop read first, for as long as there is
/// something to read, before it rings.
///
/// Used on one event loop.
///
/// @param <A> the alarms
final class AlarmClock<A> {

  /// Late by more than this means the process was paused.
  static final long PAUSE_NANOS = 100_000_000;

  /// How often the loop may read before a late alarm rings all the same.
  private static final int MOST_DEFERRALS = 50;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /// Takes alarms that went off.
  interface Bell<A> {
    /// @param lateNanos how long after its time, never below 0
    void ring(A alarm, long lateNanos);
  }

  private record Entry<A>(A alarm, long dueNanos, long order) {}

  private final Vertx vertx;
  private final LongSupplier nanos;
  private final LongSupplier heard;
  private final Bell<A> bell;
  private final Map<A, Entry<A>> byAlarm = new HashMap<>();
  private final TreeSet<Entry<A>> byTime =
      new TreeSet<>(
          Comparator.<Entry<A>>comparingLong(Entry::dueNanos).thenComparingLong(Entry::order));
  private long orders;
  private long timer = -1;
  private long timerDue = Long.MAX_VALUE;
  private int deferrals;
  private long heardBefore;

  /// A clock with no alarm set.
  ///
  /// @param nanos monotonic time, from 0 up
  /// @param heard how many messages have arrived so far
  AlarmClock(Vertx vertx, LongSupplier nanos, LongSupplier heard, Bell<A> bell) {
    this.vertx = vertx;
    this.nanos = nanos;
    this.heard = heard;
    this.bell = bell;
  }

  /// Sets an alarm, or moves it.
  void set(A alarm, Duration after) {
    Entry<A> entry = new Entry<>(alarm, nanos.getAsLong() + after.toNanos(), orders++);
    Entry<A> before = byAlarm.put(alarm, entry);
    if (before != null) {
      byTime.remove(before);
    }
    byTime.add(entry);
    if (entry.dueNanos() < timerDue) {
      arm(entry.dueNanos());
    }
  }

  /// Forgets an alarm, if it is set.
  void cancel(A alarm) {
    Entry<A> entry = byAlarm.remove(alarm);
    if (entry != null) {
      byTime.remove(entry);
    }
  }

  /// Forgets all.
  void stop() {
    byAlarm.clear();
    byTime.clear();
    vertx.cancelTimer(timer);
  }

  /// Never rings early: what is left of a millisecond is waited for.
  private void arm(long dueNanos) {
    vertx.cancelTimer(timer);
    timerDue = dueNanos;
    long wait = dueNanos - nanos.getAsLong();
    timer = vertx.setTimer(Math.max(1, Math.ceilDiv(wait, NANOS_PER_MILLI)), _ -> wake());
  }

  private void wake() {
    timerDue = Long.MAX_VALUE;
    if (!mustReadFirst()) {
      deferrals = 0;
      ringAll();
    }
    if (!byTime.isEmpty() && byTime.first().dueNanos() < timerDue) {
      arm(byTime.first().dueNanos());
    }
  }

  private boolean mustReadFirst() {
    boolean isLate =
        !byTime.isEmpty() && nanos.getAsLong() - byTime.first().dueNanos() > PAUSE_NANOS;
    boolean hasNews = deferrals == 0 || heard.getAsLong() != heardBefore;
    heardBefore = heard.getAsLong();
    return isLate && hasNews && deferrals++ < MOST_DEFERRALS;
  }

  /// Rings what was due when this began; what is set meanwhile waits for the next turn.
  private void ringAll() {
    long now = nanos.getAsLong();
    while (!byTime.isEmpty() && byTime.first().dueNanos() <= now) {
      Entry<A> entry = byTime.pollFirst();
      byAlarm.remove(entry.alarm());
      bell.ring(entry.alarm(), nanos.getAsLong() - entry.dueNanos());
    }
  }
}
