package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.time.Duration;

/// One probe under way: a few pings, then relays, then a verdict, at times fixed when it began.
final class Probe {

  /// What is due next.
  enum Step {
    PING,
    RELAYS,
    VERDICT
  }

  /// What a failure means.
  enum Purpose {
    /// That the target is accused.
    VERDICT,
    /// Nothing: it is accused already, and about to be held dead.
    LAST_CALL
  }

  final long number;
  final Purpose purpose;
  final Claim target;
  int relaysAsked;
  int nacks;
  private final MembershipSettings settings;
  private final int slowdown;
  private final long startNanos;
  private int step;

  /// @param target whom, and what was held or heard about it at the start
  /// @param slowdown 1 + local health
  Probe(
      long number,
      Purpose purpose,
      Claim target,
      MembershipSettings settings,
      int slowdown,
      long startNanos) {
    this.number = number;
    this.purpose = purpose;
    this.target = target;
    this.settings = settings;
    this.slowdown = slowdown;
    this.startNanos = startNanos;
  }

  NodeId subject() {
    return target.subject();
  }

  /// Takes the step that is due.
  Step next() {
    int taken = step++;
    if (taken < settings.pings().size()) {
      return Step.PING;
    }
    return taken == settings.pings().size() ? Step.RELAYS : Step.VERDICT;
  }

  /// When the step after the last one taken is due.
  long dueNanos() {
    int pings = settings.pings().size();
    if (step < pings) {
      return at(settings.pings().get(step));
    }
    return step == pings ? at(settings.relayAfter()) : verdictNanos();
  }

  /// When the target has failed unless it answered.
  long verdictNanos() {
    return at(settings.period());
  }

  private long at(Duration offset) {
    return startNanos + offset.toNanos() * slowdown;
  }
}
