package io.trefoil.core.model;

import java.util.EnumSet;
import java.util.Set;

/// The rules of the protocols that the simulator can switch off, to show what breaks without them.
/// Production runs with [#ALL].
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
  RAISE_FLOOR,
  /// A council member tells its vote about a map only when it is on disk.
  PERSIST_COUNCIL_VOTES,
  /// A council member accepts no map under a ballot below one that it promised.
  KEEP_COUNCIL_PROMISES,
  /// Who proposes a map takes that of the highest ballot under which one was accepted before.
  PROPOSE_WHAT_WAS_ACCEPTED,
  /// Who proposes a map has promised the ballot itself, durably, so that it never draws it again.
  PROMISE_TO_ONESELF,
  /// A move is over only when the nodes that have said that they are complete are a majority of the
  /// target.
  ARRIVE_COMPLETE,
  /// A set goes on with a survivor only when no lease is left of those that it leaves behind.
  OUTLAST_LEASES;

  /// The protocol.
  public static final Set<Rule> ALL = EnumSet.allOf(Rule.class);
}
