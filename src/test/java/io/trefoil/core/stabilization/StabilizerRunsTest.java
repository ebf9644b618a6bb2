package io.trefoil.core.stabilization;

import static io.trefoil.core.stabilization.Network.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random contents, losses, restarts and moves; afterwards everything must be whole.
class StabilizerRunsTest {

  private static final int NODES = 5;
  private static final int PARTITIONS = 4;

  @Test
  void afterTheFaultsAllCopiesAreWholeAndEqual() {
    for (long seed = 1; seed <= 300; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    var net = new Network(seed, NODES);
    net.loss = net.random.nextDouble(0.5);
    net.doubling = 0.2;
    ReplicaSet[] sets = new ReplicaSet[PARTITIONS];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      sets[partition] = ReplicaSet.stable(1, voters(net));
      fill(net, partition, sets[partition]);
    }
    net.map(sets);
    for (int node = 1; node <= NODES; node++) {
      net.site(node).start();
    }
    for (int step = 2; step < 12; step++) {
      trouble(net, sets, step);
      net.run(Duration.ofMillis(net.random.nextLong(1_000)));
    }
    settle(net, sets);
    check(net, sets, seed);
  }

  private static List<NodeId> voters(Network net) {
    List<NodeId> all = new ArrayList<>();
    for (int node = 1; node <= NODES; node++) {
      all.add(id(node));
    }
    Collections.shuffle(all, new Random(net.random.nextLong()));
    return List.copyOf(all.subList(0, 3));
  }

  private static void fill(Network net, int partition, ReplicaSet set) {
    for (int key = 0; key < 30; key++) {
      for (NodeId voter : set.all()) {
        if (net.random.nextBoolean()) {
          long draw = net.random.nextLong(1, 4);
          var register = draw == 3 ? Network.tombstone(1, draw) : Network.value(1, draw, 200);
          net.site((int) voter.bits()).put(partition, "key" + key, register);
        }
      }
    }
  }

  private static void trouble(Network net, ReplicaSet[] sets, long epoch) {
    Network.Site site = net.site(net.random.nextInt(NODES) + 1);
    int partition = net.random.nextInt(PARTITIONS);
    switch (net.random.nextInt(3)) {
      case 0 -> site.crash();
      case 1 -> {
        site.crash();
        site.start();
      }
      default -> {
        if (sets[partition].isStable()) {
          sets[partition] = sets[partition].moving(epoch, voters(net));
          site.learn(sets);
        }
      }
    }
  }

  private static void settle(Network net, ReplicaSet[] sets) {
    net.loss = 0;
    net.map(sets);
    for (int node = 1; node <= NODES; node++) {
      if (net.site(node).process.isEmpty()) {
        net.site(node).start();
      }
    }
    net.run(Duration.ofSeconds(20));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (NodeId node : sets[partition].target()) {
        assertTrue(net.site((int) node.bits()).isComplete(partition));
      }
      sets[partition] = sets[partition].isStable() ? sets[partition] : sets[partition].moved(99);
    }
    net.map(sets);
    net.run(Duration.ofSeconds(20));
  }

  private static void check(Network net, ReplicaSet[] sets, long seed) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<NodeId> voters = sets[partition].target();
      var first = net.site((int) voters.getFirst().bits()).held(partition);
      for (NodeId voter : voters) {
        Network.Site site = net.site((int) voter.bits());
        assertTrue(site.isWhole(partition), "seed " + seed + " node " + voter + " is not whole");
        assertEquals(first, site.held(partition), "seed " + seed + " partition " + partition);
      }
    }
    for (int node = 1; node <= NODES; node++) {
      assertEquals(0, net.site(node).process.orElseThrow().sessions());
    }
  }
}
