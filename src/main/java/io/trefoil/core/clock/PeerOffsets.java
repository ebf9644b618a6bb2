package io.trefoil.core.clock;

import io.trefoil.core.model.NodeId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How far other nodes' clocks are from this one's, and what this node's clock should be corrected
/// by: the median, its own included. One wrong clock, here or elsewhere, then moves nobody.
public final class PeerOffsets {

  /// Offsets up to this are the network's delay and hybrid time, not a wrong clock.
  static final long TOLERANCE_MILLIS = 250;

  /// Of how many peers the offset is kept: those heard of last.
  static final int CAPACITY = 15;

  private final Map<NodeId, Long> offsets = new LinkedHashMap<>();
  private long correction;

  /// A peer's packet carried a time.
  ///
  /// @param offsetMillis the peer's time minus this node's wall clock
  void observe(NodeId peer, long offsetMillis) {
    Long known = offsets.get(peer);
    if (known != null && Math.abs(known - offsetMillis) < TOLERANCE_MILLIS / 4) {
      return;
    }
    offsets.remove(peer);
    if (offsets.size() == CAPACITY) {
      offsets.remove(offsets.keySet().iterator().next());
    }
    offsets.put(peer, offsetMillis);
    correction = correctionNow();
  }

  /// A peer's time minus the local wall clock when last heard, in milliseconds; empty if it is not
  /// among those heard of last.
  Optional<Long> of(NodeId peer) {
    return Optional.ofNullable(offsets.get(peer));
  }

  /// What to add to the local wall clock, in milliseconds; 0 within [#TOLERANCE_MILLIS].
  public long correctionMillis() {
    return correction;
  }

  private long correctionNow() {
    long[] all = new long[offsets.size() + 1];
    int next = 1;
    for (long offset : offsets.values()) {
      all[next++] = offset;
    }
    Arrays.sort(all);
    long median = all[(all.length - 1) / 2];
    return Math.abs(median) <= TOLERANCE_MILLIS ? 0 : median;
  }
}
