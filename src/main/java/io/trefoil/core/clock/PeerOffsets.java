package io.trefoil.core.clock;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.NodeId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How far other nodes' clocks are from this one's, and what this node's clock should be corrected
/// by: the median, its own included. One wrong clock, here or elsewhere, then moves nobody.
///
/// A packet that was long under way makes its sender's clock look slow, never fast. So of each peer
/// the largest offset of the last seconds counts: that of its quickest packet. A step of the local
/// clock is seen against monotonic time and moves all offsets at once.
final class PeerOffsets {

  /// Offsets up to this are the network's delay and hybrid time, not a wrong clock.
  static final long TOLERANCE_MILLIS = 250;

  /// Of how many peers the offset is kept: those heard of last.
  static final int CAPACITY = 15;

  /// For how long a packet counts, at least; at most twice that.
  static final long WINDOW_NANOS = 5_000_000_000L;

  private static final long STEP_MILLIS = 50;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private static final class Offset {
    long best;
    long before = UNKNOWN;
    long windowEnd;

    Offset(long first, long windowEnd) {
      this.best = first;
      this.windowEnd = windowEnd;
    }

    long millis() {
      return Math.max(best, before);
    }
  }

  private final Map<NodeId, Offset> offsets = new LinkedHashMap<>();
  private long correction;
  private long wallAtOrigin = UNKNOWN;

  /// A peer's packet carried a time.
  ///
  /// @param peerMillis the peer's time, milliseconds since 1970
  void observe(NodeId peer, long peerMillis, Now now) {
    noticeStep(now);
    long offset = peerMillis - now.wallMillis();
    Offset known = offsets.get(peer);
    if (known == null) {
      makeRoom();
      offsets.put(peer, new Offset(offset, now.nanos() + WINDOW_NANOS));
    } else if (now.nanos() >= known.windowEnd) {
      known.before = known.best;
      known.best = offset;
      known.windowEnd = now.nanos() + WINDOW_NANOS;
    } else if (offset > known.best) {
      known.best = offset;
    } else {
      return;
    }
    correction = median();
  }

  /// A peer's time minus the local wall clock, in milliseconds; empty if it is not among those
  /// heard of last.
  Optional<Long> of(NodeId peer) {
    return Optional.ofNullable(offsets.get(peer)).map(Offset::millis);
  }

  /// What to add to the local wall clock, in milliseconds; 0 within [#TOLERANCE_MILLIS].
  long correctionMillis() {
    return correction;
  }

  /// Looks whether the local wall clock was set since the last call.
  void noticeStep(Now now) {
    long origin = now.wallMillis() - now.millis();
    long step = origin - wallAtOrigin;
    if (wallAtOrigin != UNKNOWN && Math.abs(step) > STEP_MILLIS) {
      for (Offset offset : offsets.values()) {
        offset.best -= step;
        offset.before = offset.before == UNKNOWN ? UNKNOWN : offset.before - step;
      }
      correction = median();
    }
    if (wallAtOrigin == UNKNOWN || Math.abs(step) > STEP_MILLIS) {
      wallAtOrigin = origin;
    }
  }

  private void makeRoom() {
    if (offsets.size() == CAPACITY) {
      offsets.remove(offsets.keySet().iterator().next());
    }
  }

  private long median() {
    long[] all = new long[offsets.size() + 1];
    int next = 1;
    for (Offset offset : offsets.values()) {
      all[next++] = offset.millis();
    }
    Arrays.sort(all);
    long median = all[(all.length - 1) / 2];
    return Math.abs(median) <= TOLERANCE_MILLIS ? 0 : median;
  }
}
