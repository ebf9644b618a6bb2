package io.trefoil.core.machine;

import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Stored;
import java.util.List;

/// What can happen to a machine.
///
/// @param <M> the protocol's messages
/// @param <A> its alarms
public sealed interface Input<M, A> {

  /// A message arrived.
  ///
  /// @param from the sender as its packet names it, and where an answer reaches it
  record Heard<M, A>(Peer from, M message) implements Input<M, A> {}

  /// An alarm set with [Effect.Wake] went off. Never early, maybe late.
  ///
  /// @param lateNanos how long after its time
  record Fired<M, A>(A alarm, long lateNanos) implements Input<M, A> {}

  /// What [Effect.Persist] asked for is on disk.
  record Persisted<M, A>(long ticket) implements Input<M, A> {}

  /// What [Effect.Fetch] asked for.
  ///
  /// @param register as it is on disk; [Register#EMPTY] if there is none
  record Fetched<M, A>(long ticket, Register register) implements Input<M, A> {}

  /// What [Effect.Scan] asked for.
  ///
  /// @param registers in the order of their keys
  /// @param last whether the partition ends with them
  record Scanned<M, A>(long ticket, List<Stored> registers, boolean last) implements Input<M, A> {}

  /// What [Effect.Fetch] or [Effect.Scan] asked for cannot be read: its checksum is wrong, or it
  /// makes no sense. The store has noted that its copy of that partition is damaged, and says so at
  /// every start.
  record Unreadable<M, A>(long ticket) implements Input<M, A> {}

  /// A client asks. Exactly one [Effect.Reply] with the same number follows.
  record Asked<M, A>(long number, Request request) implements Input<M, A> {}

  /// The host or a sibling machine has news.
  record Told<M, A>(News news) implements Input<M, A> {}
}
