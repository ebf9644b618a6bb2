package io.trefoil.core.clock;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import java.util.Optional;

/// One node's source of timestamps and ballots.
///
/// Timestamps follow the wall clock, corrected by what most peers' clocks say, and move past what
/// other nodes were heard to use as long as that is not more than [#MAX_AHEAD_MILLIS] ahead: a
/// clock far in the future must not drag the others along.
///
/// Ballots are unique whatever the clock does, because each carries a draw that is never repeated:
/// the node's run (persisted before the first packet) and a counter. So a clock may be set back.
public final class HybridClock {

  /// How far ahead another node's time may be and still be followed.
  public static final long MAX_AHEAD_MILLIS = 500;

  private static final int COUNTER_BITS = 40;

  private final NodeId node;
  private final long run;
  private final PeerOffsets offsets = new PeerOffsets();
  private long counter;
  private HybridTimestamp last = HybridTimestamp.ZERO;

  /// A clock for one run of a node.
  ///
  /// @param run the boot counter, 1 to 2^24-1
  public HybridClock(NodeId node, long run) {
    this.node = node;
    this.run = run;
  }

  /// The wall clock this node goes by: its own, corrected by the median of what peers say.
  /// Milliseconds since 1970.
  public long wallMillis(Now now) {
    offsets.noticeStep(now);
    return now.wallMillis() + offsets.correctionMillis();
  }

  /// How far the local wall clock is ahead of the one gone by, in milliseconds.
  public long skewMillis() {
    return -offsets.correctionMillis();
  }

  /// A peer's clock minus the local wall clock, in milliseconds, network delay included.
  public Optional<Long> offsetMillis(NodeId peer) {
    return offsets.of(peer);
  }

  /// The time to put on a packet: does not advance the clock.
  public HybridTimestamp read(Now now) {
    HybridTimestamp wall = HybridTimestamp.ofMillis(wallMillis(now));
    return isAhead(last, now) ? wall : wall.max(last);
  }

  /// A timestamp above all that this clock gave or followed before, unless it was set back since.
  public HybridTimestamp tick(Now now) {
    HybridTimestamp time = read(now);
    last = time.equals(last) ? last.next() : time;
    return last;
  }

  /// Takes note of the time on a peer's packet.
  public void observe(NodeId peer, HybridTimestamp heard, Now now) {
    offsets.observe(peer, heard.millis(), now);
    follow(heard, now);
  }

  /// The run of the node that this clock serves.
  public long run() {
    return run;
  }

  /// A number that no other draw of this node has, in this run or another.
  public long number() {
    return run << COUNTER_BITS | ++counter;
  }

  /// A fresh ballot above `floor`. A floor far in the future lifts this one ballot, not the clock.
  ///
  /// @param epoch the partition's epoch
  /// @param floor the highest ballot known to stand in the way
  public Ballot draw(long epoch, Ballot floor, Now now) {
    HybridTimestamp at = tick(now);
    if (floor.epoch() == epoch && floor.at().compareTo(at) >= 0) {
      at = floor.at().next();
      follow(at, now);
    }
    return new Ballot(epoch, at, node, number());
  }

  private void follow(HybridTimestamp heard, Now now) {
    if (!isAhead(heard, now)) {
      last = last.max(heard);
    }
  }

  private boolean isAhead(HybridTimestamp time, Now now) {
    return time.millis() > wallMillis(now) + MAX_AHEAD_MILLIS;
  }
}
