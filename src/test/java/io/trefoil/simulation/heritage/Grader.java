package io.trefoil.simulation.heritage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.simulation.heritage.DebugLog.Entry;
import java.util.List;

/// Judges a log as the graders of the original assignment do: by what must show, nothing else.
final class Grader {

  private static final int NODES = 10;
  private static final int COPIES_AND_COORDINATOR = 4;

  private final DebugLog log;

  Grader(DebugLog log) {
    this.log = log;
  }

  void grade(HeritageScenario scenario) {
    joins();
    switch (scenario) {
      case SINGLEFAILURE -> failures(1, true);
      case MULTIFAILURE -> failures(5, false);
      case MSGDROPSINGLEFAILURE -> failures(1, false);
      case CREATE -> everyKey("CREATE OPERATION", "create success", 100);
      case DELETE -> deletes();
      case READ -> failAndRepair("READ OPERATION", "read");
      case UPDATE -> failAndRepair("UPDATE OPERATION", "update");
    }
  }

  /// `grep joined | cut -d" " -f2,4-7 | sort -u | wc -l`.
  private void joins() {
    List<Entry> joins = log.grep("joined");
    assertEquals(
        NODES * NODES, joins.stream().map(e -> e.address() + e.field(5)).distinct().count());
    assertEquals(NODES * NODES, joins.size(), "nobody joins again");
  }

  private void failures(int victims, boolean soon) {
    List<String> failed = log.grep("Node failed at time").stream().map(Entry::address).toList();
    assertEquals(victims, failed.size());
    for (String victim : failed) {
      List<Entry> removals = log.grep("removed", e -> e.field(5).equals(victim));
      assertEquals(NODES - victims, removals.size());
      assertEquals(NODES - victims, removals.stream().map(Entry::address).distinct().count());
      assertTrue(!soon || removals.stream().allMatch(e -> e.tick() <= 130), "by 130");
    }
    assertEquals(victims * (NODES - victims), log.grep("removed").size());
  }

  private void everyKey(String operation, String outcome, int operations) {
    List<String> keys =
        log.grep(operation).stream()
            .map(e -> e.field(7))
            .filter(key -> !key.equals("invalidKey"))
            .toList();
    assertEquals(operations, keys.size());
    assertEquals(COPIES_AND_COORDINATOR * operations, log.grep(outcome).size());
    for (String key : keys) {
      assertEquals(COPIES_AND_COORDINATOR, log.grep(outcome, e -> e.isOf(key)).size(), key);
    }
  }

  private void deletes() {
    everyKey("CREATE OPERATION", "create success", 100);
    everyKey("DELETE OPERATION", "delete success", 50);
    assertEquals(COPIES_AND_COORDINATOR, log.grep("delete fail", e -> e.isOf("invalidKey")).size());
    assertEquals(COPIES_AND_COORDINATOR, log.grep("delete fail").size());
  }

  private void failAndRepair(String operation, String kind) {
    everyKey("CREATE OPERATION", "create success", 100);
    List<Entry> asked = log.grep(operation);
    assertEquals(List.of(150, 175, 225, 275, 285, 285), asked.stream().map(Entry::tick).toList());
    assertEquals("invalidKey", asked.getLast().field(7));
    between(asked, 0, kind + " success", 3, 4);
    between(asked, 1, kind + " success", 3, 3);
    List<Entry> fails = between(asked, 2, kind + " fail", 1, 1);
    assertTrue(fails.getFirst().line().contains(" coordinator: "));
    between(asked, 3, kind + " success", 3, 4);
    between(asked, 4, kind + " success", 3, 4);
    int missing = log.grep(kind + " fail", e -> e.isOf("invalidKey")).size();
    assertTrue(missing == 3 || missing == 4, () -> missing + " fails of the invalid key");
    assertEquals(missing + 1, log.grep(kind + " fail").size());
  }

  /// The outcomes of an operation, from its tick to that of the next; with the value where the
  /// original has one.
  private List<Entry> between(List<Entry> asked, int number, String outcome, int least, int most) {
    Entry entry = asked.get(number);
    boolean isLast = number == asked.size() - 2;
    int end = isLast ? Integer.MAX_VALUE : asked.get(number + 1).tick();
    List<Entry> found =
        log.grep(
            outcome,
            e -> e.isOf("key=" + entry.field(7)) && e.tick() >= entry.tick() && e.tick() < end);
    assertTrue(found.size() >= least && found.size() <= most, () -> entry + ": " + found);
    boolean valued = !outcome.equals("read fail");
    assertTrue(
        found.stream().allMatch(e -> e.line().endsWith("value=" + entry.field(9)) == valued),
        found::toString);
    return found;
  }
}
