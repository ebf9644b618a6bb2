package io.trefoil.simulation.world;

import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.membership.MembershipSettings;
import io.trefoil.core.model.Address;
import io.trefoil.core.node.NodeSettings;
import io.trefoil.core.register.RegisterSettings;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.stabilization.CopyPolicy;
import java.time.Duration;
import java.util.List;

/// What a world is made of.
///
/// @param seed all its chance follows from this number
/// @param hosts how many, each with one node
/// @param seeds how many of them, from the first on, are named to every node as seeds
/// @param links how well packets travel
/// @param sync how long a disk takes at most to make a write durable
/// @param partitions the cut of the ring
/// @param replication copies of each key
/// @param tokens ring tokens per unit of weight
/// @param membership the membership protocol's knobs
/// @param policy when the map changes, and how
/// @param copies how fast copies are made, and how often they are looked through
public record WorldSettings(
    long seed,
    int hosts,
    int seeds,
    LinkQuality links,
    Duration sync,
    Partitions partitions,
    int replication,
    int tokens,
    MembershipSettings membership,
    MapPolicy policy,
    CopyPolicy copies) {

  /// The name of every simulated cluster.
  static final String CLUSTER = "simulated";

  private static final int PARTITIONS = 64;
  private static final int REPLICATION = 3;
  private static final int TOKENS = 64;

  /// Refuses a world without hosts, or with more seeds than hosts.
  public WorldSettings {
    if (hosts < 1) {
      throw new IllegalArgumentException("a world has at least one node, not " + hosts);
    }
    if (seeds < 1 || seeds > hosts) {
      throw new IllegalArgumentException(
          "a world of " + hosts + " nodes has 1 to " + hosts + " seeds, not " + seeds);
    }
  }

  /// A quiet world in which every node is a seed, on a ring small enough to be made in no time.
  public static WorldSettings of(long seed, int hosts) {
    return new WorldSettings(
        seed,
        hosts,
        hosts,
        LinkQuality.GOOD,
        Duration.ofMillis(2),
        new Partitions(PARTITIONS),
        REPLICATION,
        TOKENS,
        MembershipSettings.DEFAULT,
        MapPolicy.DEFAULT,
        CopyPolicy.DEFAULT);
  }

  /// The same with other links.
  public WorldSettings with(LinkQuality other) {
    return new WorldSettings(
        seed,
        hosts,
        seeds,
        other,
        sync,
        partitions,
        replication,
        tokens,
        membership,
        policy,
        copies);
  }

  /// The same with disks of another speed.
  public WorldSettings with(Duration syncAtMost) {
    return new WorldSettings(
        seed,
        hosts,
        seeds,
        links,
        syncAtMost,
        partitions,
        replication,
        tokens,
        membership,
        policy,
        copies);
  }

  /// The same with another cut of the ring.
  public WorldSettings with(Partitions other) {
    return new WorldSettings(
        seed, hosts, seeds, links, sync, other, replication, tokens, membership, policy, copies);
  }

  /// The same with other rules about changes of the map.
  public WorldSettings with(MapPolicy other) {
    return new WorldSettings(
        seed,
        hosts,
        seeds,
        links,
        sync,
        partitions,
        replication,
        tokens,
        membership,
        other,
        copies);
  }

  /// The same with other rules about copies.
  public WorldSettings with(CopyPolicy other) {
    return new WorldSettings(
        seed,
        hosts,
        seeds,
        links,
        sync,
        partitions,
        replication,
        tokens,
        membership,
        policy,
        other);
  }

  /// The same with another number of seeds.
  public WorldSettings withSeeds(int count) {
    return new WorldSettings(
        seed,
        hosts,
        count,
        links,
        sync,
        partitions,
        replication,
        tokens,
        membership,
        policy,
        copies);
  }

  NodeSettings node(Host host, List<Address> seeds) {
    return new NodeSettings(
        CLUSTER,
        host.name(),
        "",
        1,
        host.address(),
        "",
        seeds,
        partitions,
        replication,
        tokens,
        RegisterSettings.DEFAULT_MAX_OPEN,
        membership,
        policy,
        copies);
  }
}
