package io.trefoil.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnopenedPacketsTest {

  private final List<String> log = new ArrayList<>();
  private final UnopenedPackets unopened = new UnopenedPackets(log::add);

  @Test
  void theFirstIsToldAtOnceAndTheRestOnceAMinute() {
    long now = -5;
    unopened.add("unknown-key", "10.0.0.7", now);
    for (int i = 0; i < 9; i++) {
      unopened.add("not-sealed", "10.0.0." + i, now + i);
    }
    assertEquals(
        List.of(
            "Packets of peers were rejected because of their seal: {unknown-key=1}, from"
                + " [10.0.0.7]; does trefoil.peer.keys there fit this node's?"),
        log);

    unopened.add("forged", "10.0.0.7", now + UnopenedPackets.SILENCE_NANOS);

    assertEquals(2, log.size());
    assertTrue(
        log.getLast().contains("{forged=1, not-sealed=9}, from [10.0.0.0, 10.0.0.1"),
        log.getLast());
    assertTrue(log.getLast().contains(" and perhaps others;"), log.getLast());
  }
}
