package io.trefoil.core.register;

import io.trefoil.core.model.Ballot;

/// What a replica keeps of a partition as a whole. There is one for each partition it has a copy
/// of, whether it votes for it just now or not.
///
/// @param partition which
/// @param epoch the partition's epoch that this copy took part in last; a copy that entered the
///   replica set later than that is void
/// @param floor at or below this ballot tombstones were forgotten: nothing is promised or accepted
///   there any more
public record PartitionCopy(int partition, long epoch, Ballot floor) {

  /// A copy that has just entered the replica set, empty.
  static PartitionCopy entering(int partition, long epoch) {
    return new PartitionCopy(partition, epoch, Ballot.ZERO);
  }

  /// The same copy in a later epoch.
  PartitionCopy in(long later) {
    return new PartitionCopy(partition, later, floor);
  }

  /// The same copy with a floor that is no lower.
  PartitionCopy raised(Ballot ballot) {
    return new PartitionCopy(partition, epoch, floor.max(ballot));
  }
}
