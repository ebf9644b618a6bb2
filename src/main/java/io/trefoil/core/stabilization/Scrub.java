package io.trefoil.core.stabilization;

import io.trefoil.core.stabilization.StabilizationAlarm.ScrubDue;
import java.time.Duration;

/// Has every partition compared again once in a while, one after the other: what rots on a disk
/// tells nobody. Nothing counts as less whole for it, until a difference is found.
final class Scrub {

  /// How long to wait while there is nothing to compare.
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Duration every;
  private final Copies copies;
  private final Agenda agenda;
  private int last = -1;

  Scrub(Duration every, Copies copies, Agenda agenda) {
    this.every = every;
    this.copies = copies;
    this.agenda = agenda;
  }

  /// Waits for the next partition's turn.
  void start(Turn turn) {
    int count = copies.count();
    turn.wake(new ScrubDue(), count == 0 ? IDLE : every.dividedBy(count));
  }

  /// It is the next partition's turn.
  void due(Turn turn) {
    copies
        .following(last)
        .ifPresent(
            copy -> {
              last = copy.partition;
              copy.scrub();
              agenda.add(copy);
            });
    start(turn);
  }
}
