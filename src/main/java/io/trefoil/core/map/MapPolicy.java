package io.trefoil.core.map;

import io.trefoil.core.machine.Check;
import java.time.Duration;

/// What the operator decides about changes of the map.
///
/// @param evictionDelay how long a member must be dead before its share of the ring goes to others;
///   longer: fewer copies made for nothing, longer with two copies only. Above `lease`
/// @param seatDelay how long a council member must be away before another takes its seat
/// @param lease how long a node goes on voting without a word of a majority of the council;
///   shorter: a cut-off node stops earlier, and a slow network stops nodes for nothing
/// @param onMajorityLoss what becomes of a partition most of whose voters are evicted
/// @param movesAtOnce how many partitions move at the same time; more: sooner done, more load
public record MapPolicy(
    Duration evictionDelay,
    Duration seatDelay,
    Duration lease,
    MajorityLoss onMajorityLoss,
    int movesAtOnce) {

  /// What an operator has who decides nothing.
  public static final MapPolicy DEFAULT =
      new MapPolicy(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          MajorityLoss.SURVIVOR,
          512);

  /// Refuses an eviction that does not outlast the lease.
  public MapPolicy {
    Check.that(evictionDelay.compareTo(lease) > 0, "the eviction delay is longer than the lease");
    Check.that(movesAtOnce >= 1, "at least one partition moves at a time");
  }

  /// What becomes of a partition most of whose voters are evicted.
  public enum MajorityLoss {
    /// The one left goes on alone, and three copies are made of its own. What only the others had
    /// acknowledged is lost, and the partition is marked as forced.
    SURVIVOR,
    /// Nothing, until enough of them return.
    WAIT
  }
}
