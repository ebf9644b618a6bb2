package io.trefoil.core.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How evenly keys lie, and how many move: the figures of docs/protocols/map.md.
final class BalanceTest {

  private static final int KEYS = 500_000;
  private static final int TOKENS = 1_024;
  private static final Partitions FINEST = new Partitions(16_384);

  /// Keys by partition of the finest cut; a coarser one adds neighbours up.
  private static final int[] KEYS_OF = new int[FINEST.count()];

  @BeforeAll
  static void hashSomeKeys() {
    for (int i = 0; i < KEYS; i++) {
      KEYS_OF[FINEST.of(new Key("user/" + i + "/profile"))]++;
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 4096", "5, 4096", "10, 4096", "30, 4096", "30, 16384", "50, 16384", "100, 16384"})
  void noNodeHoldsATenthMoreThanTheMean(int nodes, int partitions) {
    double worst = 0;
    for (long seed = 1; seed <= 4; seed++) {
      var keys = keysPerNode(servers(seed, nodes), new Partitions(partitions));
      assertEquals(nodes, keys.size());
      worst = Math.max(worst, Collections.max(keys.values()) / (KEYS * 3.0 / nodes));
    }
    double peak = worst;
    assertTrue(peak <= 1.10, () -> "peak to mean is " + peak);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 5", "3, 10", "4, 30", "5, 100"})
  void aJoinMovesItsShareAndNothingElse(long seed, int nodes) {
    var servers = servers(seed, nodes + 1);
    var joiner = servers.getLast().id();
    var before = sets(servers.subList(0, nodes), FINEST);
    var after = sets(servers, FINEST);
    long moved = 0;
    for (int partition = 0; partition < FINEST.count(); partition++) {
      var added = new LinkedHashSet<>(after.get(partition));
      added.removeAll(before.get(partition));
      assertTrue(added.isEmpty() || added.equals(new LinkedHashSet<>(List.of(joiner))));
      moved += (long) added.size() * KEYS_OF[partition];
    }
    double share = moved / (KEYS * 3.0);
    assertTrue(share > 0 && share <= 1.1 / (nodes + 1), () -> "moved " + share);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "3, 4"})
  void aNodeHoldsKeysByItsWeight(long seed, int weight) {
    var servers = new ArrayList<>(servers(seed, 19));
    var heavy = new Server(new NodeId(seed), "", weight);
    servers.add(heavy);
    var keys = keysPerNode(servers, new Partitions(4_096));
    // Three draws, each by weight among those not drawn yet, must all miss the heavy one.
    double missed = 1;
    for (int light = 19; light > 16; light--) {
      missed *= light / (double) (light + weight);
    }
    double expected = KEYS * (1 - missed);
    assertEquals(expected, keys.get(heavy.id()), 0.05 * expected);
  }

  private static TreeMap<NodeId, Long> keysPerNode(List<Server> servers, Partitions partitions) {
    int finer = FINEST.count() / partitions.count();
    var sets = sets(servers, partitions);
    var keys = new TreeMap<NodeId, Long>();
    for (int partition = 0; partition < FINEST.count(); partition++) {
      for (var node : sets.get(partition / finer)) {
        keys.merge(node, (long) KEYS_OF[partition], Long::sum);
      }
    }
    return keys;
  }

  private static List<List<NodeId>> sets(List<Server> servers, Partitions partitions) {
    return new Ring(servers, partitions, TOKENS).replicas(3);
  }

  private static List<Server> servers(long seed, int nodes) {
    var random = new Random(seed);
    var servers = new ArrayList<Server>();
    for (int i = 0; i < nodes; i++) {
      servers.add(new Server(new NodeId(random.nextLong()), "", 1));
    }
    return servers;
  }
}
