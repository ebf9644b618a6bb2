package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import java.util.Comparator;

/// The number of one attempt to decide a map: the first one, or the one that follows another.
///
/// @param round counts up past every ballot heard of
/// @param node who attempts it
public record MapBallot(long round, NodeId node) implements Comparable<MapBallot> {

  /// Below every ballot.
  public static final MapBallot ZERO = new MapBallot(0, NodeId.NONE);

  private static final Comparator<MapBallot> ORDER =
      Comparator.comparingLong(MapBallot::round).thenComparing(MapBallot::node);

  @Override
  public int compareTo(MapBallot other) {
    return ORDER.compare(this, other);
  }
}
