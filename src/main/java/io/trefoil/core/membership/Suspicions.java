package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The suspects and their clocks: one alarm each for the last call, and for the end.
final class Suspicions {

  private final long minNanos;
  private final long maxNanos;
  private final Duration lastCall;
  private final LocalHealth health;
  private final int confirmations;
  private final Map<NodeId, Suspicion> bySubject = new LinkedHashMap<>();

  Suspicions(MembershipSettings settings, LocalHealth health) {
    this.health = health;
    minNanos = settings.suspicionMin().toNanos();
    maxNanos = minNanos * settings.suspicionSpread();
    lastCall = settings.relayAfter();
    confirmations = settings.confirmations();
  }

  int size() {
    return bySubject.size();
  }

  List<NodeId> subjects() {
    return List.copyOf(bySubject.keySet());
  }

  /// Starts a suspect's time.
  ///
  /// @param members N, the members not gone
  void begin(Claim accusation, int members, Turn turn) {
    int k = Math.max(0, Math.min(confirmations, members - 2));
    Suspicion suspicion = new Suspicion(accusation.accuser(), k, minNanos, maxNanos, turn.nanos());
    bySubject.put(accusation.subject(), suspicion);
    arm(accusation.subject(), suspicion, turn);
  }

  /// Lets go of whoever is no longer suspect, if it was.
  void end(NodeId subject, Turn turn) {
    if (bySubject.remove(subject) != null) {
      turn.cancel(new MembershipAlarm.SuspicionExpired(subject));
      turn.cancel(new MembershipAlarm.LastCallDue(subject));
    }
  }

  /// Counts an accusation by another node.
  ///
  /// @return whether it shortened the time, and so is worth telling others
  boolean confirm(NodeId subject, NodeId accuser, Turn turn) {
    Suspicion suspicion = bySubject.get(subject);
    if (suspicion == null || !suspicion.confirm(accuser)) {
      return false;
    }
    arm(subject, suspicion, turn);
    return true;
  }

  /// Whether a suspect's time is over; otherwise its alarm is set anew.
  boolean isOver(NodeId subject, Turn turn) {
    Suspicion suspicion = bySubject.get(subject);
    if (suspicion == null) {
      return false;
    }
    boolean over = suspicion.deadlineNanos() <= turn.nanos();
    if (!over) {
      arm(subject, suspicion, turn);
    }
    return over;
  }

  /// Gives a suspect some more time, because this node must not judge now.
  void postpone(NodeId subject, Turn turn) {
    turn.wake(new MembershipAlarm.SuspicionExpired(subject), Duration.ofNanos(minNanos));
  }

  /// Gives every suspect the time back during which this node was paused.
  void shift(long pausedNanos, Turn turn) {
    bySubject.forEach(
        (subject, suspicion) -> {
          suspicion.shift(pausedNanos, turn.nanos());
          arm(subject, suspicion, turn);
        });
  }

  /// Gives every suspect its whole time again.
  void restart(Turn turn) {
    bySubject.forEach(
        (subject, suspicion) -> {
          suspicion.restart(turn.nanos());
          arm(subject, suspicion, turn);
        });
  }

  /// The last call takes as long as pings alone are tried: the longer, the less this node trusts
  /// itself.
  private void arm(NodeId subject, Suspicion suspicion, Turn turn) {
    long deadline = suspicion.deadlineNanos();
    long lastCallNanos = health.scale(lastCall).toNanos();
    turn.wakeAt(new MembershipAlarm.LastCallDue(subject), deadline - lastCallNanos);
    turn.wakeAt(new MembershipAlarm.SuspicionExpired(subject), deadline);
  }
}
