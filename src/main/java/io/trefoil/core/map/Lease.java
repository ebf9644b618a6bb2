package io.trefoil.core.map;

import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.model.NodeId;
import java.util.List;
import java.util.TreeMap;

/// Whether this node may vote: while a majority of the council has granted it a lease that is not
/// over. Each counts from when this node sent the report that was answered, so that delay makes it
/// shorter, never longer. Why: see [Grants].
final class Lease {

  private final long lengthNanos;
  private final boolean needed;
  private final TreeMap<NodeId, Long> grants = new TreeMap<>();

  Lease(MapPolicy policy) {
    lengthNanos = policy.lease().toNanos();
    needed = policy.onMajorityLoss() == MajorityLoss.SURVIVOR;
  }

  /// A council member granted what was asked for at that time.
  void granted(NodeId by, long askedNanos) {
    grants.merge(by, askedNanos, Math::max);
  }

  /// Whether it is held now.
  ///
  /// @param council of the map in force here
  boolean isHeld(List<NodeId> council, long nanos) {
    long granting =
        council.stream()
            .filter(grants::containsKey)
            .filter(member -> nanos - grants.get(member) < lengthNanos)
            .count();
    return !needed || granting * 2 > council.size();
  }
}
