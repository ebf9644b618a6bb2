package io.trefoil.simulation.invariant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Value;
import io.trefoil.core.node.Node;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A sound cluster at rest breaks nothing; a false map, or a copy left out, is reported.
class AtRestTest {

  private static final Key KEY = new Key("k");

  private World world;

  @BeforeEach
  void startFourNodes() {
    world = new World(WorldSettings.of(1, 4).with(new Partitions(4)), Node::new);
    world.startAll();
    world.run(Duration.ofSeconds(20));
  }

  @Test
  void aClusterAtRestBreaksNothing() {
    write(0);
    world.run(Duration.ofSeconds(5));
    Invariants.atRest(world);
    assertEquals(List.of(), world.violations());
  }

  @Test
  void aNodeThatNoMapNamesIsReported() {
    AtRest cluster = AtRest.of(world);
    ClusterMap map = cluster.map();
    var fewer = map.members().subList(1, 4);
    var smaller = new AtRest(cluster.hosts(), map.next(fewer, map.council(), map.replicaSets()));
    assertTrue(ViewsAgree.violation(smaller).orElseThrow().startsWith("members are"));
  }

  @Test
  void aNodeThatGoesByAnotherMapIsReported() {
    AtRest cluster = AtRest.of(world);
    ClusterMap map = cluster.map();
    var next = map.next(map.members(), map.council(), map.replicaSets());
    assertTrue(
        ViewsAgree.violation(new AtRest(cluster.hosts(), next)).orElseThrow().contains("epoch"));
  }

  @Test
  void votersWhomTheRingDoesNotWantAreReported() {
    AtRest cluster = AtRest.of(world);
    String what = CopiesAreEqual.violation(withFirstTwoVotersOnly(cluster)).orElseThrow();
    assertTrue(what.contains("the ring wants"), what);
  }

  @Test
  void aCopyThatLacksAKeyIsReported() {
    AtRest cluster = AtRest.of(world);
    int partition = cluster.map().partitions().of(KEY);
    int last = number(cluster.map().replicaSet(partition).old().getLast());
    world.apply(new Fault.Split(List.of(List.of(last))));
    write(number(cluster.map().replicaSet(partition).old().getFirst()));
    String what = CopiesAreEqual.violation(AtRest.of(world)).orElseThrow();
    assertTrue(what.contains("key k: it holds null, should hold Register"), what);
  }

  @Test
  void aCopyOfSomebodyWhoDoesNotVoteIsReported() {
    write(0);
    world.run(Duration.ofSeconds(5));
    AtRest cluster = AtRest.of(world);
    assertEquals(Optional.empty(), NoSurplus.violation(cluster));
    String what = NoSurplus.violation(withFirstTwoVotersOnly(cluster)).orElseThrow();
    assertTrue(what.contains("keeps keys of partition"), what);
  }

  private static AtRest withFirstTwoVotersOnly(AtRest cluster) {
    ClusterMap map = cluster.map();
    var sets =
        map.replicaSets().stream()
            .map(set -> ReplicaSet.stable(set.epoch(), set.old().subList(0, 2)))
            .toList();
    return new AtRest(cluster.hosts(), map.next(map.members(), map.council(), sets));
  }

  private int number(NodeId node) {
    return AtRest.of(world).host(node).orElseThrow().number();
  }

  private void write(int host) {
    var put = new Operation.Put(KEY, Value.of(new byte[] {1}), new Condition.Always());
    world.ask(world.host(host), Request.of(put), _ -> {});
    world.run(Duration.ofMillis(300));
  }
}
