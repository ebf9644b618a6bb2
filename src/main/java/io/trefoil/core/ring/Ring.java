package io.trefoil.core.ring;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Where every partition should be kept: a pure function of the servers, whatever order they are
/// listed in. What is true now is the cluster map; the ring says where copies should go.
///
/// A server of weight w stands on the circle w * tokens times, at hashes of its id rounded down to
/// the start of a partition. Walking clockwise from a partition's start, the first distinct nodes
/// keep it; a node whose zone is used already is passed over while another zone is left.
///
/// ## Who comes first on one spot
///
/// After rounding many servers share a spot (30 nodes: seven or eight tokens on each of 4,096), so
/// the order there decides most of the placement. It goes by *turn*: on each turn every server
/// takes as many tokens as it has weight, and an earlier turn stands before a later one; within a
/// turn the lower hash is first. All servers thus collect their first, second and third ranks at
/// the same pace, where order by hash alone would leave each rank to independent chance. On crowded
/// spots the spread of load falls to 0.56 of that, for nothing: a token gets one of the first three
/// ranks with probability f, falling from 1 to 0 as turns go by, and the variance is the sum of
/// f(1-f) instead of f; with f = P[Poisson(x) <= 2] the two sums stand as 0.31 to 1. Maglev's
/// tables fill by turns for the same reason (Eisenbud et al., NSDI 2016, section 3.4). Figures:
/// docs/protocols/map.md.
///
/// No server's place depends on another server. A joiner therefore only pushes others back, a
/// leaver only lets them move up, and nothing moves between nodes that stay (zones aside).
///
/// With tokens = 1 and weights of 1 there is one turn, ordered by hash: the classic ring, on which
/// the three successive nodes at or clockwise of the partition's start keep it.
public final class Ring {

  private static final Comparator<Point> CLOCKWISE =
      Comparator.comparing(Point::token, Long::compareUnsigned)
          .thenComparing(point -> point.server.id());

  private final List<Server> servers;
  private final int[] zoneOf;
  private final int[] zoneSizes;

  /// Servers by number, in ring order, and for each partition where its walk begins.
  private final int[] order;

  private final int[] first;

  /// Puts servers on the circle.
  ///
  /// @param servers distinct, each of weight 1 or more; those without a zone form one together,
  ///   because nothing says that they fail apart
  /// @param partitions the cut of the circle
  /// @param tokens how often a server of weight 1 stands on it, 1 or more
  public Ring(List<Server> servers, Partitions partitions, int tokens) {
    Check.that(tokens >= 1, "a server has at least one token");
    Check.that(servers.stream().allMatch(s -> s.weight() >= 1), "a server's weight is above 0");
    long ids = servers.stream().map(Server::id).distinct().count();
    Check.that(ids == servers.size(), "a server stands on the ring under one id only");
    this.servers = List.copyOf(servers);
    zoneOf = numberZones(servers);
    zoneSizes = new int[servers.size()];
    for (int zone : zoneOf) {
      zoneSizes[zone]++;
    }
    first = new int[partitions.count()];
    order = flatten(spots(partitions, tokens));
  }

  /// The target replica set of every partition, by its number: see [#replicas(int, int)].
  public List<List<NodeId>> replicas(int copies) {
    var sets = new ArrayList<List<NodeId>>(first.length);
    for (int partition = 0; partition < first.length; partition++) {
      sets.add(replicas(partition, copies));
    }
    return List.copyOf(sets);
  }

  /// The target replica set of one partition, in ring order: primary, secondary, tertiary.
  ///
  /// Each lap around the circle takes at most one node of every zone; what is missing after it is
  /// taken on the next. So copies spread over zones as evenly as there are nodes for it.
  ///
  /// @param copies how many nodes are wanted; with fewer servers than that, all of them
  public List<NodeId> replicas(int partition, int copies) {
    int wanted = Math.min(copies, servers.size());
    var chosen = new ArrayList<NodeId>(wanted);
    var taken = new boolean[servers.size()];
    int[] free = zoneSizes.clone();
    while (chosen.size() < wanted) {
      int[] lap = lap(first[partition], wanted - chosen.size(), taken, free);
      for (int server : lap) {
        chosen.add(servers.get(server).id());
      }
    }
    return List.copyOf(chosen);
  }

  private int[] lap(int from, int wanted, boolean[] taken, int[] free) {
    int zonesLeft = 0;
    for (int nodes : free) {
      zonesLeft += nodes > 0 ? 1 : 0;
    }
    var used = new boolean[free.length];
    int[] found = new int[Math.min(wanted, zonesLeft)];
    for (int step = from, n = 0; n < found.length; step++) {
      int server = order[step % order.length];
      int zone = zoneOf[server];
      if (!taken[server] && !used[zone]) {
        taken[server] = true;
        used[zone] = true;
        free[zone]--;
        found[n++] = server;
      }
    }
    return found;
  }

  private static int[] numberZones(List<Server> servers) {
    var numbers = new TreeMap<String, Integer>();
    return servers.stream()
        .mapToInt(s -> numbers.computeIfAbsent(s.zone(), _ -> numbers.size()))
        .toArray();
  }

  /// Who stands at the start of each partition, in order, each once.
  private List<List<Integer>> spots(Partitions partitions, int tokens) {
    var spots = new ArrayList<List<Integer>>(partitions.count());
    for (int partition = 0; partition < partitions.count(); partition++) {
      spots.add(new ArrayList<>());
    }
    for (int turn = 0; turn < tokens; turn++) {
      for (var point : pointsOf(turn)) {
        var spot = spots.get(partitions.of(point.token));
        if (!spot.contains(point.number)) {
          spot.add(point.number);
        }
      }
    }
    return spots;
  }

  private List<Point> pointsOf(int turn) {
    var points = new ArrayList<Point>();
    for (int number = 0; number < servers.size(); number++) {
      var server = servers.get(number);
      for (int i = 0; i < server.weight(); i++) {
        long token = Token.of(server.id(), turn * server.weight() + i);
        points.add(new Point(token, server, number));
      }
    }
    points.sort(CLOCKWISE);
    return points;
  }

  private int[] flatten(List<List<Integer>> spots) {
    int total = 0;
    for (int partition = 0; partition < first.length; partition++) {
      first[partition] = total;
      total += spots.get(partition).size();
    }
    return spots.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
  }

  /// A server's token on the circle.
  private record Point(long token, Server server, int number) {}
}
