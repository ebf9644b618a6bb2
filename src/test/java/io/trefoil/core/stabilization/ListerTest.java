package io.trefoil.core.stabilization;

import static io.trefoil.core.stabilization.Network.ids;
import static io.trefoil.core.stabilization.Network.tombstone;
import static io.trefoil.core.stabilization.Network.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Key;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.core.stabilization.StabilizationMessage.ListKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListerTest {

  private static final ReplicaSet STABLE = ReplicaSet.stable(1, ids(1, 2, 3));

  private final Network net = new Network(11, 5);

  private void start(int... nodes) {
    for (int node : nodes) {
      net.site(node).start();
    }
  }

  private List<Event> list(int node, Optional<Key> after, Duration time) {
    net.events.clear();
    net.site(node).command(new Command.ListKeys(7, 0, after));
    net.run(time);
    return net.events.stream()
        .filter(e -> e instanceof Event.KeysListed || e instanceof Event.OrderAnswered)
        .toList();
  }

  private static Event keys(String... keys) {
    return new Event.KeysListed(
        7, java.util.Arrays.stream(keys).map(Key::new).toList(), Optional.empty());
  }

  @Test
  void aNodeThatHoldsNothingListsWhatAQuorumHolds() {
    net.map(STABLE);
    start(1, 2, 4);
    net.site(1).put(0, "b", value(1, 1, 10));
    net.site(1).put(0, "c", tombstone(1, 2));
    net.site(2).put(0, "a", value(1, 3, 10));
    net.site(2).put(1, "elsewhere", value(1, 3, 10));

    assertEquals(List.of(keys("a", "b", "c")), list(4, Optional.empty(), Duration.ofSeconds(1)));
  }

  @Test
  void oneVoterOfThreeIsNotBelieved() {
    net.map(STABLE);
    start(1, 4);
    net.site(1).put(0, "a", value(1, 1, 10));
    List<Event> told = list(4, Optional.empty(), Duration.ofSeconds(10));

    assertEquals(1, told.size());
    assertTrue(
        told.getFirst() instanceof Event.OrderAnswered(long n, var why)
            && n == 7
            && why.isPresent());
  }

  @Test
  void aVoterWithoutALeaseDoesNotCount() {
    net.map(STABLE);
    start(1, 2, 4);
    net.site(2).mayVote = false;
    assertEquals(List.of(), list(4, Optional.empty(), Duration.ofSeconds(1)));
    net.site(2).mayVote = true;
    net.run(Duration.ofSeconds(2));

    assertTrue(net.events.contains(keys()));
  }

  @Test
  void aDamagedCopyDoesNotCount() {
    net.map(STABLE);
    start(1, 2, 4);
    net.site(2).damaged.add(0);

    List<Event> told = list(4, Optional.empty(), Duration.ofSeconds(10));
    assertTrue(told.getFirst() instanceof Event.OrderAnswered);
  }

  @Test
  void aMovingPartitionIsListedByAQuorumOfBothSets() {
    net.map(STABLE.moving(2, ids(3, 4, 5)));
    net.site(1).put(0, "old", value(1, 1, 10));
    start(1, 4, 5);
    assertEquals(List.of(), list(5, Optional.empty(), Duration.ofSeconds(1)), "1 alone is old");
    start(2);
    net.run(Duration.ofSeconds(3));

    assertTrue(net.events.contains(keys("old")), () -> net.events.toString());
  }

  @Test
  void aListThatOutlivesItsVotersBeginsAnewWithTheNext() {
    net.map(STABLE);
    start(1, 4, 5);
    assertEquals(List.of(), list(5, Optional.empty(), Duration.ofMillis(500)));
    net.map(ReplicaSet.stable(3, ids(1, 4)));
    net.site(4).put(0, "new", value(3, 1, 10));
    net.run(Duration.ofSeconds(3));

    assertTrue(net.events.contains(keys("new")));
    assertEquals(
        2,
        net.sent.stream()
            .filter(s -> s.message() instanceof ListKeys)
            .map(s -> s.message().number())
            .distinct()
            .count());
  }

  @Test
  void everyKeyIsListedOnceAcrossPartsWhateverIsLost() {
    net.map(STABLE);
    start(1, 2, 3, 4);
    List<Key> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      String key = "key" + i;
      expected.add(new Key(key));
      net.site(1 + i % 3).put(0, key, value(1, i + 1, i % 100));
      net.site(1 + (i + 1) % 3).put(0, key, value(1, i + 1, i % 100));
    }
    expected.sort(Comparator.naturalOrder());
    net.loss = 0.3;
    net.doubling = 0.3;
    List<Key> listed = new ArrayList<>();
    Optional<Key> after = Optional.empty();
    int parts = 0;
    do {
      List<Event> told = list(4, after, Duration.ofSeconds(5));
      var part = (Event.KeysListed) told.getFirst();
      listed.addAll(part.keys());
      after = part.next();
      parts++;
    } while (after.isPresent());

    assertEquals(expected, listed);
    assertTrue(parts > 3, parts + " parts");
  }

  @Test
  void moreThanAFewListsAtOnceAreRefused() {
    net.map(STABLE);
    start(4);
    for (int i = 0; i < 64; i++) {
      net.site(4).command(new Command.ListKeys(i, 0, Optional.empty()));
    }
    assertFalse(net.events.stream().anyMatch(Event.OrderAnswered.class::isInstance));
    net.site(4).command(new Command.ListKeys(64, 0, Optional.empty()));

    assertTrue(
        net.events.getLast() instanceof Event.OrderAnswered(long number, var _) && number == 64);
  }
}
