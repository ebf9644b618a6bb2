package io.trefoil.core.clock;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;

/// One node's source of timestamps and ballots.
///
/// Timestamps follow the wall clock, never go back, and move past what other nodes were heard to use
/// as long as that is not more than [#MAX_AHEAD_MILLIS] ahead of this wall clock: one node with a
/// clock far in the future must not drag the others along.
///
/// Ballots are unique whatever the clock does, because each carries a draw that is never repeated:
/// the node's run (persisted before the first packet) and a counter.
public final class HybridClock {

  /// How far ahead of the local wall clock another node's time may be and still be followed.
  public static final long MAX_AHEAD_MILLIS = 500;

  private static final int COUNTER_BITS = 40;

  private final NodeId node;
  private final long run;
  private long counter;
  private HybridTimestamp last = HybridTimestamp.ZERO;

  /// A clock for one run of a node.
  ///
  /// @param run the boot counter, 1 to 2^24-1
  public HybridClock(NodeId node, long run) {
    this.node = node;
    this.run = run;
  }

  /// A timestamp above all that this clock gave or followed before.
  public HybridTimestamp tick(Now now) {
    last = HybridTimestamp.ofMillis(now.wallMillis()).max(last.next());
    return last;
  }

  /// The time to put on a packet: does not advance the clock.
  public HybridTimestamp read(Now now) {
    return HybridTimestamp.ofMillis(now.wallMillis()).max(last);
  }

  /// Follows a timestamp heard from another node.
  ///
  /// @return false if it is too far ahead to be followed
  public boolean observe(HybridTimestamp heard, Now now) {
    if (heard.millis() > now.wallMillis() + MAX_AHEAD_MILLIS) {
      return false;
    }
    last = last.max(heard);
    return true;
  }

  /// A fresh ballot above `floor`. A floor far in the future lifts this one ballot, not the clock.
  ///
  /// @param epoch the partition's epoch
  /// @param floor the highest ballot known to stand in the way
  public Ballot draw(long epoch, Ballot floor, Now now) {
    HybridTimestamp at = tick(now);
    if (floor.epoch() == epoch && floor.at().compareTo(at) >= 0) {
      at = floor.at().next();
      observe(at, now);
    }
    return new Ballot(epoch, at, node, run << COUNTER_BITS | ++counter);
  }
}
