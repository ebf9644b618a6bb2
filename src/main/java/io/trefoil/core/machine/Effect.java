package io.trefoil.core.machine;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.Optional;

/// What a machine wants done.
///
/// @param <M> the protocol's messages
/// @param <A> its alarms
/// @param <W> what it writes to disk
public sealed interface Effect<M, A, W> {

  /// Send a message; it may be lost, doubled, late.
  record Send<M, A, W>(Peer to, M message) implements Effect<M, A, W> {}

  /// Set an alarm. Alarms are told apart by equality: setting an equal one again moves it.
  record Wake<M, A, W>(A alarm, Duration after) implements Effect<M, A, W> {}

  /// Forget an alarm, if it is set.
  record Cancel<M, A, W>(A alarm) implements Effect<M, A, W> {}

  /// Make a write durable, then answer [Input.Persisted]. Writes become durable in the order in
  /// which they are emitted.
  record Persist<M, A, W>(long ticket, W write) implements Effect<M, A, W> {}

  /// Read a register from disk, with all writes emitted before, then answer [Input.Fetched], or
  /// [Input.Unreadable] if it is damaged.
  record Fetch<M, A, W>(long ticket, int partition, Key key) implements Effect<M, A, W> {}

  /// Read a part of a partition from disk, then answer [Input.Scanned], or [Input.Unreadable] if
  /// something there is damaged. What is read is durable, and so is every write emitted before.
  ///
  /// @param after begins behind this key; empty for the partition's first
  /// @param maxBytes how much to read at most, about; at least one register is read
  record Scan<M, A, W>(long ticket, int partition, Optional<Key> after, int maxBytes)
      implements Effect<M, A, W> {}

  /// Answer a client.
  record Reply<M, A, W>(long number, Outcome outcome) implements Effect<M, A, W> {}

  /// Tell whoever listens: console, metrics, operation log, sibling machines.
  record Announce<M, A, W>(Event event) implements Effect<M, A, W> {}
}
