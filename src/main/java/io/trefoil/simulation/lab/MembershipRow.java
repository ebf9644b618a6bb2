package io.trefoil.simulation.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What was measured of the membership of so many nodes.
///
/// @param plan what was asked for
/// @param bootstrap from the start of all nodes until each saw all; empty if not within ten
///   minutes, or if they began with it
/// @param bytes sent by a node at rest, each second, as encoded for UDP over IPv4
/// @param falseDeaths how often a node without trouble was held dead at rest
/// @param nodeHours for how long that was watched
/// @param falseDeathsInCrashes the same while others crashed
/// @param first from each crash until the first other node held the crashed one dead
/// @param all the same for every other node, all crashes together
/// @param pause what a node that stood still for half a minute did to the others
/// @param oneWay what a direction between two nodes that was dead for a minute did
/// @param split what a cut of the cluster for a minute did: into halves, or, if they were settled,
///   of ten of them from the rest
/// @param events how many inputs nodes took, in all
/// @param virtualTime how long it was for the nodes
public record MembershipRow(
    MembershipPlan plan,
    Optional<Duration> bootstrap,
    double bytes,
    long falseDeaths,
    double nodeHours,
    long falseDeathsInCrashes,
    Durations first,
    Durations all,
    Trouble pause,
    Trouble oneWay,
    Trouble split,
    long events,
    Duration virtualTime) {

  /// What a trouble did that came to an end.
  ///
  /// @param falseDeaths how often a node that was not part of it was held dead meanwhile
  /// @param healed from its end until every node saw all; empty if not within two minutes
  public record Trouble(long falseDeaths, Optional<Duration> healed) {}

  /// Some durations, in order.
  ///
  /// @param nanos increasing
  public record Durations(List<Long> nanos) {

    /// Puts them in order.
    public Durations {
      nanos = nanos.stream().sorted().toList();
    }

    /// The one below which so many per cent of them lie; empty if there are none.
    public Optional<Duration> percentile(int percent) {
      if (nanos.isEmpty()) {
        return Optional.empty();
      }
      int place = Math.min(nanos.size() - 1, nanos.size() * percent / 100);
      return Optional.of(Duration.ofNanos(nanos.get(place)));
    }
  }
}
