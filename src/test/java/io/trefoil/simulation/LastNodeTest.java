package io.trefoil.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.News;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Value;
import io.trefoil.simulation.invariant.Invariants;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two of three nodes are lost for good, and the operator has the last one go on alone.
/// `-Dtrefoil.seeds=200` runs more seeds than the build does.
class LastNodeTest {

  private static final Key KEY = new Key("key");
  private static final Duration SOON = Duration.ofSeconds(120);

  static LongStream seeds() {
    return Seeds.some(5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itGoesOnWhenTheOperatorGivesTheOthersUpAndTakesThemBack(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 3));
    write(cluster, "before");
    int last = cluster.anyRunning();
    for (int host : others(last)) {
      cluster.run(Duration.ofMillis(cluster.random.nextLong(5_000)));
      cluster.crash(host);
    }
    cluster.run(Duration.ofSeconds(15 + cluster.random.nextLong(30)));
    assertInstanceOf(Outcome.NotDone.class, cluster.ask(last, Cluster.get(KEY)));

    List<NodeId> givenUp = others(last).stream().map(h -> cluster.world.host(h).id()).toList();
    var force = new News.Commanded(new Command.ForceCouncil(1, givenUp));
    cluster.world.tell(cluster.world.host(last), force);
    cluster.await(SOON, "it serves", () -> reads(cluster, last, "before"));
    assertTrue(cluster.said.stream().anyMatch(s -> s.event() instanceof Event.CouncilForced));
    cluster.await(SOON, "it is whole", () -> Redundancy.isWhole(cluster.world));
    write(cluster, "alone");

    others(last).forEach(host -> cluster.world.apply(new Fault.Restart(host)));
    cluster.await(SOON, "all is whole", () -> isWholeWithAll(cluster));
    assertEquals(Optional.of(Cluster.value("alone")), read(cluster, cluster.anyRunning()));
    Invariants.atRest(cluster.world);
    assertEquals(List.of(), cluster.world.violations());
  }

  private static boolean isWholeWithAll(Cluster cluster) {
    return Redundancy.isWhole(cluster.world)
        && cluster.node(cluster.anyRunning()).map().orElseThrow().members().size() == 3;
  }

  private static List<Integer> others(int host) {
    List<Integer> others = new ArrayList<>(List.of(0, 1, 2));
    others.remove((Integer) host);
    return others;
  }

  private static void write(Cluster cluster, String text) {
    var put = Cluster.put(KEY, text, new Condition.Always());
    assertInstanceOf(Outcome.Done.class, cluster.ask(cluster.anyRunning(), put));
  }

  private static boolean reads(Cluster cluster, int host, String text) {
    return read(cluster, host).equals(Optional.of(Cluster.value(text)));
  }

  private static Optional<Value> read(Cluster cluster, int host) {
    return Cluster.found(cluster.ask(host, Cluster.get(KEY)));
  }
}
