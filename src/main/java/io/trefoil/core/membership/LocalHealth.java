package io.trefoil.core.membership;

import java.time.Duration;

/// How far a node trusts itself, 0 (well) to a worst value: Lifeguard's local health multiplier
/// (Dadgar, Phillips, Currey: Lifeguard, 2018, §IV.A). A node that hears neither acks nor nacks,
/// that had to refute, or that was paused, is more likely to be in trouble than its targets are: it
/// probes and accuses more slowly, by the factor 1 + health.
final class LocalHealth {

  private final int worst;
  private int score;

  LocalHealth(int worst) {
    this.worst = worst;
  }

  int score() {
    return score;
  }

  /// A probe was answered.
  void improve() {
    score = Math.max(0, score - 1);
  }

  /// Something hints at trouble of this node's own.
  ///
  /// @param hints how many things do
  void worsen(int hints) {
    score = Math.min(worst, score + hints);
  }

  /// A duration as this node should use it now.
  Duration scale(Duration duration) {
    return duration.multipliedBy(1L + score);
  }
}
