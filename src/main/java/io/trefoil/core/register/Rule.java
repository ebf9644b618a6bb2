package io.trefoil.core.register;

import java.util.EnumSet;
import java.util.Set;

/// The rules of the register protocol that the simulator can switch off, to show that histories
/// break without them. Production runs with [#ALL].
public enum Rule {
  /// A replica answers only requests of its own partition epoch.
  REFUSE_OTHER_EPOCH,
  /// A change builds only on a record that is known to be chosen.
  BUILD_ON_CHOSEN,
  /// A lost write counts as never done only if no replica of the quorum can have forgotten it.
  RESOLVE_BY_MEMORY,
  /// A write whose accept was lost is resolved, not simply sent again.
  RESOLVE_BEFORE_RETRY,
  /// A blind accept is taken only above everything promised.
  BLIND_ABOVE_PROMISE,
  /// A replica answers only after its state is on disk.
  PERSIST_BEFORE_ANSWER,
  /// A replica holds to its promises also after a restart.
  REMEMBER_PROMISES,
  /// A replica that cannot read a register does not vote for its partition.
  ABSTAIN_WHEN_DAMAGED,
  /// A copy from before its node came into the replica set is erased.
  ERASE_ON_ENTRY,
  /// A move is over only when a majority of the target has copied what a majority of the old voters
  /// held.
  CATCH_UP_FIRST,
  /// A tombstone is forgotten only if every voter holds it.
  COLLECT_WHAT_ALL_HOLD,
  /// Where a tombstone was forgotten, the floor rises to its ballot.
  RAISE_FLOOR;

  /// The protocol.
  public static final Set<Rule> ALL = EnumSet.allOf(Rule.class);
}
