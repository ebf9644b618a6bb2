package io.trefoil.simulation.history;

/// A point in a run.
///
/// @param order counts the moments of a history from 1: of two, the lower came first
/// @param nanos virtual time
public record Moment(long order, long nanos) {

  /// Whether it came before the other.
  public boolean before(Moment other) {
    return order < other.order;
  }
}
