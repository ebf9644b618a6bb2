package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import java.util.Comparator;

/// The number of one attempt to decide the first map.
///
/// @param round counts up past every ballot heard of
/// @param node who attempts it
public record GenesisBallot(long round, NodeId node) implements Comparable<GenesisBallot> {

  /// Below every ballot.
  public static final GenesisBallot ZERO = new GenesisBallot(0, NodeId.NONE);

  private static final Comparator<GenesisBallot> ORDER =
      Comparator.comparingLong(GenesisBallot::round).thenComparing(GenesisBallot::node);

  @Override
  public int compareTo(GenesisBallot other) {
    return ORDER.compare(this, other);
  }
}
