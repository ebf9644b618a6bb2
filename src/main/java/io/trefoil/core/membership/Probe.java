package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.time.Duration;

/// One probe under way: pings, relays after a while, and a verdict, at times fixed when it began.
final class Probe {

  /// What is due next.
  enum Step {
    /// The first ping.
    PING,
    /// Another one, because there was no answer.
    REPEAT,
    /// Others are asked to try.
    RELAYS,
    /// It failed.
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
  private int pings;
  private boolean relaysDue = true;

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
    Step taken = due();
    switch (taken) {
      case PING, REPEAT -> pings++;
      case RELAYS -> relaysDue = false;
      case VERDICT -> {}
    }
    return taken;
  }

  /// When the step after the last one taken is due.
  long dueNanos() {
    return switch (due()) {
      case PING, REPEAT -> at(nextPing());
      case RELAYS -> at(settings.relayAfter());
      case VERDICT -> verdictNanos();
    };
  }

  /// When the target has failed unless it answered.
  long verdictNanos() {
    return at(settings.period());
  }

  private Step due() {
    if (pings == 0) {
      return Step.PING;
    }
    if (relaysDue && nextPing().compareTo(settings.relayAfter()) >= 0) {
      return Step.RELAYS;
    }
    return nextPing().compareTo(settings.period()) < 0 ? Step.REPEAT : Step.VERDICT;
  }

  private Duration nextPing() {
    return settings.pingEvery().multipliedBy(pings);
  }

  private long at(Duration offset) {
    return startNanos + offset.toNanos() * slowdown;
  }
}
