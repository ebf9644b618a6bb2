package io.trefoil.core.register;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import java.util.List;

/// What a replica puts on disk.
public sealed interface RegisterWrite {

  /// A register changed.
  ///
  /// @param partition the key's partition
  /// @param register the whole new state of the register
  record Changed(int partition, Key key, Register register) implements RegisterWrite {}

  /// A tombstone that all voters hold is forgotten: the key's register is no more, and the copy's
  /// floor says so.
  ///
  /// @param copy the partition as it is after that
  record Collected(PartitionCopy copy, Key key) implements RegisterWrite {}

  /// Copies come, go on in a later epoch, or go.
  ///
  /// @param kept as they are from now on
  /// @param erased the partitions all of whose registers go; those that are kept begin empty, the
  ///   others are forgotten as a whole
  record Copied(List<PartitionCopy> kept, List<Integer> erased) implements RegisterWrite {}
}
