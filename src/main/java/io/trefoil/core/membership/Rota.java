package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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
  private NodeId[] order;
  private int rank;

  /// @param self who probes
  /// @param periodMillis how long everybody's period is
  Rota(MemberTable table, NodeId self, long periodMillis) {
    this.table = table;
    this.self = self;
    this.periodMillis = periodMillis;
    this.order = new NodeId[] {self};
  }

  /// The member to probe now; null if there is none.
  ///
  /// @param wallMillis the time that others go by as well, milliseconds since 1970
  /// @param skip how many of those whose turn would come first are passed over
  Claim target(long wallMillis, int skip) {
    List<NodeId> changed = table.takeChanged();
    if (!changed.isEmpty()) {
      refresh(new TreeSet<>(changed));
    }
    int others = order.length - 1;
    if (others <= skip) {
      return null;
    }
    long period = Math.floorDiv(wallMillis, periodMillis) + skip;
    int ahead = 1 + (int) Math.floorMod(period, (long) others);
    return table.get(order[(rank + ahead) % order.length]);
  }

  /// Puts the few that changed into or out of the order. To sort all again takes a thousand times
  /// as long where ten thousand members join one after another.
  private void refresh(SortedSet<NodeId> changed) {
    NodeId[] next = new NodeId[order.length + changed.size()];
    int size = 0;
    int from = 0;
    for (NodeId member : changed) {
      int found = Arrays.binarySearch(order, from, order.length, member);
      int place = found < 0 ? -found - 1 : found;
      System.arraycopy(order, from, next, size, place - from);
      size += place - from;
      if (table.isLive(member)) {
        next[size++] = member;
      }
      from = found < 0 ? place : place + 1;
    }
    System.arraycopy(order, from, next, size, order.length - from);
    order = Arrays.copyOf(next, size + order.length - from);
    rank = Arrays.binarySearch(order, self);
  }
}
