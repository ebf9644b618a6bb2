package io.trefoil.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BacklogTest {

  private final Backlog<String> backlog = new Backlog<>(3, lost -> lost + " lost");

  @Test
  void whatFitsIsKeptInOrder() {
    offer("a", "b", "c");
    assertEquals(List.of("a", "b", "c"), rest());
    assertTrue(backlog.isEmpty());
  }

  @Test
  void whatComesBeyondIsCountedAndToldWhereItIsMissing() {
    offer("a", "b", "c", "d", "e");
    assertEquals(List.of("a", "b", "c", "2 lost"), rest());
    offer("f");
    assertEquals(List.of("f"), rest());
  }

  @Test
  void theGapIsToldBeforeWhatComesAfterIt() {
    offer("a", "b", "c", "d");
    assertEquals("a", backlog.poll());
    offer("e");
    assertEquals("b", backlog.poll());
    offer("f");
    assertEquals(List.of("c", "2 lost", "f"), rest());
  }

  @Test
  void aReaderThatNeverReadsHoldsNoMoreThanTheCapacity() {
    for (int i = 0; i < 1_000_000; i++) {
      backlog.offer("x");
    }
    assertEquals(List.of("x", "x", "x", "999997 lost"), rest());
  }

  private void offer(String... items) {
    List.of(items).forEach(backlog::offer);
  }

  private List<String> rest() {
    var rest = new ArrayList<String>();
    for (String next = backlog.poll(); next != null; next = backlog.poll()) {
      rest.add(next);
    }
    return rest;
  }
}
