package io.trefoil.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeStatusTest {

  private final NodeStatus status = new NodeStatus();

  @Test
  void startingNodeIsLiveAndNotReady() {
    assertTrue(status.isLive());
    assertFalse(status.readiness().ready());
    assertFalse(status.isBound());
  }

  @Test
  void failedNodeIsNeitherLiveNorReadyWhateverIsReportedLater() {
    status.fail("The store cannot be written: no space left");
    status.fail("something that follows from it");
    status.report(new Readiness(true, "ready", Map.of()));
    status.beat();

    assertFalse(status.isLive());
    assertFalse(status.readiness().ready());
    assertEquals("The store cannot be written: no space left", status.readiness().reason());
    assertEquals(Optional.of("The store cannot be written: no space left"), status.failure());
  }
}
