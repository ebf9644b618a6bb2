package io.trefoil.simulation.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.trefoil.core.model.Outcome;
import java.time.Duration;
import java.util.Optional;

/// The example of docs/testing.md.
class SimulatedClusterExampleTest {

  @SimulatedTest(nodes = 5, seeds = 5)
  void whatIsAcknowledgedOutlivesItsPrimary(SimulatedCluster cluster) {
    cluster.lose(0.1);
    assertInstanceOf(Outcome.Done.class, cluster.create("order-17", "paid"));

    cluster.crash(cluster.replicas("order-17").getFirst());
    assertEquals(Optional.of("paid"), cluster.get("order-17"));

    cluster.awaitStable();
    cluster.crash(cluster.replicas("order-17").getFirst());
    assertEquals(Optional.of("paid"), cluster.get("order-17"));
  }

  @SimulatedTest(nodes = 5, seeds = 5)
  void theCutOffSideNeitherTellsNorTakesAnything(SimulatedCluster cluster) {
    cluster.put("order-17", "open");
    cluster.split(0, 1);
    cluster.advance(Duration.ofSeconds(15));
    assertInstanceOf(Outcome.NotDone.class, cluster.ask(0, SimulatedCluster.read("order-17")));
    Outcome write = cluster.ask(1, SimulatedCluster.write("order-17", "paid"));
    assertFalse(write instanceof Outcome.Done, "two of three voters may be here, without a lease");

    cluster.heal();
    cluster.awaitStable();
    assertEquals(Optional.of("open"), cluster.get("order-17"));
  }
}
