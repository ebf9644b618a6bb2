package io.trefoil.simulation.history;

import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import java.util.Optional;

/// One operation of one client, as the client saw it.
///
/// @param client who asked
/// @param coordinator the number of the node that was asked, for the reader of a report
/// @param operation what was asked
/// @param invoked when
/// @param returned when the client was answered and what; empty if it never was, which says as much
///   as an outcome of unknown
public record Call(
    int client, int coordinator, Operation operation, Moment invoked, Optional<Return> returned) {

  /// What a client was told.
  public record Return(Moment at, Outcome outcome) {}

  /// How it ended; empty for a client that was never answered.
  public Optional<Outcome> outcome() {
    return returned.map(Return::outcome);
  }

  /// The same call with its end.
  Call returning(Moment at, Outcome outcome) {
    return new Call(client, coordinator, operation, invoked, Optional.of(new Return(at, outcome)));
  }

  /// One line for a report: times in milliseconds, who, what, how it ended.
  @Override
  public String toString() {
    return "%10.3f .. %10s  client %d at node %d: %s -> %s"
        .formatted(
            invoked.nanos() / 1e6,
            returned.map(r -> "%.3f".formatted(r.at().nanos() / 1e6)).orElse("never"),
            client,
            coordinator,
            Wording.of(operation),
            outcome().map(Wording::of).orElse("no answer"));
  }
}
