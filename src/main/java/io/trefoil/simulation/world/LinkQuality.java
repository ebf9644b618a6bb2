package io.trefoil.simulation.world;

import java.time.Duration;

/// How well packets travel from one host to another.
///
/// @param loss share of packets that never arrive, 0 to 1
/// @param duplication share of the arriving packets that arrive twice, 0 to 1
/// @param least shortest way
/// @param most longest usual way; packets overtake each other between the two
/// @param tail share of packets that take up to ten times as long as `most`, 0 to 1
public record LinkQuality(
    double loss, double duplication, Duration least, Duration most, double tail) {

  /// A quiet network of one data centre.
  public static final LinkQuality GOOD =
      new LinkQuality(0, 0, Duration.ofNanos(100_000), Duration.ofMillis(1), 0);

  /// Refuses shares outside 0 to 1 and delays out of order.
  public LinkQuality {
    requireShare("loss", loss);
    requireShare("duplication", duplication);
    requireShare("tail", tail);
    if (least.isNegative() || least.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "the delay of a link goes from " + least + " to " + most + ", which is no range");
    }
  }

  /// The same with another loss.
  public LinkQuality losing(double share) {
    return new LinkQuality(share, duplication, least, most, tail);
  }

  /// The same with other delays.
  public LinkQuality taking(Duration shortest, Duration longest) {
    return new LinkQuality(loss, duplication, shortest, longest, tail);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the " + name + " of a link is a share from 0 to 1, not " + share);
    }
  }
}
