package io.trefoil.core.stabilization;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Stored;
import java.util.List;
import java.util.Optional;

/// What two voters of a partition say to each other to make one copy hold all that the other does.
/// The asker repeats its question until it is answered; the source keeps nothing between questions.
/// Besides, any node may ask which keys a voter holds.
public sealed interface StabilizationMessage {

  /// The number of the asker's session, never repeated, also not after a restart.
  long number();

  /// Asker to source: this is what I hold; and you?
  ///
  /// @param epoch the asker's epoch of the partition
  /// @param run the asker's
  /// @param floor the asker's, for the partition
  record Compare(long number, int partition, long epoch, long run, BucketSums sums, Ballot floor)
      implements StabilizationMessage {}

  /// Source to asker: this is what I hold.
  ///
  /// @param run the source's
  /// @param floor the source's, for the partition
  record Compared(long number, long run, BucketSums sums, Ballot floor)
      implements StabilizationMessage {}

  /// Asker to source: send me what you hold in these buckets.
  ///
  /// @param mask bit i asks for bucket i
  /// @param after begins behind this key; empty for the first
  record Fetch(long number, int partition, long epoch, long mask, Optional<Key> after)
      implements StabilizationMessage {}

  /// Source to asker: a part of what I hold in these buckets.
  ///
  /// @param after as in the question
  /// @param entries registers that hold a record, in the order of their keys
  /// @param next where the next part begins; empty if there is none
  /// @param floor the source's, for the partition
  record Page(
      long number, Optional<Key> after, List<Stored> entries, Optional<Key> next, Ballot floor)
      implements StabilizationMessage {}

  /// Any node to a voter: which keys do you hold?
  ///
  /// @param epoch the asker's epoch of the partition
  /// @param after begins behind this key; empty for the first
  record ListKeys(long number, int partition, long epoch, Optional<Key> after)
      implements StabilizationMessage {}

  /// Voter to asker: these keys have a record here, be it a tombstone.
  ///
  /// @param keys in their order
  /// @param next behind which key the next part begins; empty if there is none
  record ListedKeys(long number, List<Key> keys, Optional<Key> next)
      implements StabilizationMessage {}

  /// Source to asker: our epochs of the partition differ, or I do not vote for it now.
  ///
  /// @param epoch the source's epoch of the partition; 0 if it does not vote
  record Misfit(long number, long epoch) implements StabilizationMessage {}
}
