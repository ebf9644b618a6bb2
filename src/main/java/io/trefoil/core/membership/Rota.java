package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.util.Arrays;

/// Whose turn it is to be probed by this node. All who hold the same members to be live, and whose
/// clocks agree, follow one plan, by which every member is probed once each period: in period t the
/// i-th of N members probes member i + 1 + t mod (N-1), so that in N-1 periods each has probed
/// each.
///
/// Left to chance, a member is probed by one other per period on average and by nobody in a third
/// of them, and a crash that meets several such periods is found late. Where views or clocks
/// differ, the plan is as good as chance: it steers who asks whom, and nothing rests on it.
final class Rota {

  private final MemberTable table;
  private final NodeId self;
  private final long periodMillis;
  private NodeId[] order = {};
  private int rank;
  private long seen = -1;

  /// @param self who probes
  /// @param periodMillis how long everybody's period is
  Rota(MemberTable table, NodeId self, long periodMillis) {
    this.table = table;
    this.self = self;
    this.periodMillis = periodMillis;
  }

  /// The member to probe now; null if there is none.
  ///
  /// @param wallMillis the time that others go by as well, milliseconds since 1970
  /// @param skip how many of those whose turn would come first are passed over
  Claim target(long wallMillis, int skip) {
    if (table.changes() != seen) {
      refresh();
    }
    int others = order.length - 1;
    if (others <= skip) {
      return null;
    }
    long period = Math.floorDiv(wallMillis, periodMillis) + skip;
    int ahead = 1 + (int) Math.floorMod(period, (long) others);
    return table.get(order[(rank + ahead) % order.length]);
  }

  private void refresh() {
    seen = table.changes();
    order = table.everybody();
    Arrays.sort(order);
    rank = Arrays.binarySearch(order, self);
  }
}
