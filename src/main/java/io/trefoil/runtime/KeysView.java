package io.trefoil.runtime;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Key;
import java.util.List;
import java.util.Optional;

/// A part of a partition's keys, as a quorum of its voters knows them.
///
/// @param partitions how many partitions there are; 0 while no map is known
/// @param complete whether a quorum answered; if not, nothing is listed
/// @param keys in their order: all that have a value, and some that had or may get one
/// @param next behind which key the next part begins; empty if there is none
public record KeysView(int partitions, boolean complete, List<Key> keys, Optional<Key> next) {

  /// What was answered, if anything was.
  static KeysView of(int partitions, Optional<Event.KeysListed> told) {
    return told.map(listed -> new KeysView(partitions, true, listed.keys(), listed.next()))
        .orElseGet(() -> new KeysView(partitions, false, List.of(), Optional.empty()));
  }
}
