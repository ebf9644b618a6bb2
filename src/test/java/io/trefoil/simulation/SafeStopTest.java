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
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.WorldSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nodes that are stopped for a while and say so: nothing moves, nobody notices. More seeds:
/// `-Dtrefoil.seeds=200`.
class SafeStopTest {

  private static final Duration AWAY = Duration.ofSeconds(60);

  private long commands;
  private int writes;

  static List<Long> seeds() {
    return Seeds.some(5).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRestartingNodeKeepsItsPlaceUntilItsTimeIsOver(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 5));
    cluster.await(AWAY, "all is whole", () -> isWhole(cluster, 0));
    long epoch = cluster.node(0).maps().epoch();
    NodeId stopped = cluster.world.host(4).id();
    stop(cluster, 4);
    cluster.run(AWAY.minusSeconds(2));
    assertEquals(epoch, cluster.node(0).maps().epoch());
    Duration evicted = Duration.ofSeconds(15 + 30);
    cluster.await(evicted, "it is evicted", () -> !isMember(cluster, stopped));
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRestartingNodeThatIsBackInTimeMovesNothing(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 5));
    cluster.await(AWAY, "all is whole", () -> isWhole(cluster, 0));
    long epoch = cluster.node(0).maps().epoch();
    stop(cluster, 4);
    cluster.run(AWAY.minusSeconds(10));
    cluster.world.apply(new Fault.Restart(4));
    cluster.await(AWAY, "it is whole again", () -> isWhole(cluster, 4));
    cluster.run(AWAY);
    assertEquals(epoch, cluster.node(0).maps().epoch());
    cluster.assertClean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void threeNodesAreRestartedInTurnUnderLoadWithoutAFailure(long seed) {
    Cluster cluster = Cluster.ready(WorldSettings.of(seed, 3));
    cluster.await(AWAY, "all is whole", () -> isWhole(cluster, 0));
    long epoch = cluster.node(0).maps().epoch();
    for (int host = 0; host < 3; host++) {
      int stopping = host;
      int other = (host + 1) % 3;
      cluster.await(AWAY, "it can be spared", () -> isSpared(cluster, other, stopping));
      assertTrue(!isSpared(cluster, other, other), "the next one cannot be spared beside it");
      stop(cluster, stopping);
      write(cluster, other, 10);
      cluster.world.apply(new Fault.Restart(stopping));
      write(cluster, other, 10);
      cluster.await(AWAY, "it is ready", () -> cluster.node(stopping).isReady());
      write(cluster, stopping, 10);
    }
    assertEquals(epoch, cluster.node(0).maps().epoch());
    cluster.assertClean();
  }

  /// Says that it will be back, lets what it says spread, and goes.
  private static void stop(Cluster cluster, int host) {
    cluster.world.tell(cluster.world.host(host), new News.Restarting(AWAY));
    cluster.run(Duration.ofSeconds(1));
    cluster.crash(host);
  }

  private void write(Cluster cluster, int host, int times) {
    for (int i = 0; i < times; i++) {
      Key key = new Key("key " + cluster.random.nextInt(50));
      Outcome outcome = cluster.ask(host, Cluster.put(key, "v" + ++writes, new Condition.Always()));
      assertInstanceOf(Outcome.Done.class, outcome, cluster::toString);
    }
  }

  private boolean isSpared(Cluster cluster, int asked, int stopping) {
    long number = ++commands;
    String name = name(cluster, stopping);
    var command = new Command.PrepareStop(number, name);
    cluster.world.tell(cluster.world.host(asked), new News.Commanded(command));
    cluster.run(Duration.ofMillis(700));
    return cluster.said.stream()
        .map(Cluster.Said::event)
        .anyMatch(new Event.OrderAnswered(number, Optional.empty())::equals);
  }

  private static String name(Cluster cluster, int host) {
    NodeId id = cluster.world.host(host).id();
    return cluster.node(host).map().orElseThrow().member(id).orElseThrow().name();
  }

  private static boolean isMember(Cluster cluster, NodeId node) {
    return cluster.node(0).map().orElseThrow().contains(node)
        && cluster.node(0).map().orElseThrow().replicaSets().stream()
            .anyMatch(set -> set.contains(node));
  }

  private static boolean isWhole(Cluster cluster, int host) {
    var maps = cluster.node(host).maps();
    return maps.summary().isStableIn(maps.epoch());
  }
}
