package io.trefoil.simulation.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private record Entry(long at, int number) {}

  @Test
  void earliestComesFirstAndOfEqualOnesTheOneAddedFirst() {
    var random = new SplittableRandom(1);
    var queue = new EventQueue();
    var expected = new ArrayList<Entry>();
    var polled = new ArrayList<Entry>();
    for (int number = 0; number < 5_000; number++) {
      var entry = new Entry(random.nextInt(100), number);
      expected.add(entry);
      queue.add(entry.at(), new Occurrence.Errand(() -> polled.add(entry)));
    }
    expected.sort(Comparator.comparingLong(Entry::at));
    drain(queue);
    assertEquals(expected, polled);
  }

  @Test
  void staysInOrderWhileItGrowsAndShrinks() {
    var random = new SplittableRandom(2);
    var queue = new EventQueue();
    List<Long> polled = new ArrayList<>();
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      if (queue.isEmpty() || random.nextInt(5) < 3) {
        long at = now + random.nextInt(1_000);
        queue.add(at, new Occurrence.Errand(() -> polled.add(at)));
      } else {
        now = queue.nextAt();
        ((Occurrence.Errand) queue.poll()).work().run();
        assertEquals(now, polled.getLast());
      }
    }
    assertEquals(polled.stream().sorted().toList(), polled);
    assertTrue(polled.size() > 5_000);
  }

  private static void drain(EventQueue queue) {
    while (!queue.isEmpty()) {
      ((Occurrence.Errand) queue.poll()).work().run();
    }
  }
}
