package io.trefoil.simulation.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {

  private final Script on = new Script();

  @Test
  void operationsOneAfterAnotherAreLinearizable() {
    on.found(on.read(), "").done(on.put("a")).found(on.read(), "a");
    on.refused(on.create("b"), "a").done(on.update("c")).done(on.delete());
    on.found(on.read(), "").refused(on.update("d"), "").done(on.create("e"));
    assertAccepted();
  }

  @Test
  void concurrentWritesMayTakeEffectInEitherOrder() {
    int a = on.put("a");
    int b = on.put("b");
    on.done(b).done(a).found(on.read(), "b");
    assertAccepted();
  }

  @Test
  void concurrentReadsMaySeeOldThenNew() {
    on.done(on.put("old"));
    int write = on.put("new");
    on.found(on.read(), "old").found(on.read(), "new").done(write);
    assertAccepted();
  }

  @Test
  void newThenOldIsRejected() {
    on.done(on.put("old"));
    int write = on.put("new");
    on.found(on.read(), "new").found(on.read(), "old").done(write);
    assertRejected("no order explains");
  }

  @Test
  void staleReadIsRejected() {
    on.done(on.put("a")).done(on.put("b")).found(on.read(), "a");
    assertRejected("no order explains");
  }

  @Test
  void lostWriteIsRejected() {
    on.done(on.put("a")).found(on.read(), "");
    assertRejected("no order explains");
  }

  @Test
  void resurrectedDeleteIsRejected() {
    on.done(on.put("a")).done(on.delete()).found(on.read(), "").found(on.read(), "a");
    assertRejected("no order explains");
  }

  @Test
  void unknownDeleteMayExplainAnAbsence() {
    on.done(on.put("a")).unknown(on.delete()).found(on.read(), "a").found(on.read(), "");
    assertAccepted();
  }

  @Test
  void unknownDeleteTakesEffectOnceAtMost() {
    on.done(on.put("a")).unknown(on.delete()).found(on.read(), "").done(on.create("b"));
    on.found(on.read(), "");
    assertRejected("no order explains");
  }

  @Test
  void unknownWriteMayTakeEffectMuchLater() {
    int late = on.put("late");
    on.done(on.put("a")).found(on.read(), "a").unknown(late);
    on.found(on.read(), "a").found(on.read(), "late");
    assertAccepted();
  }

  @Test
  void unansweredWriteMayNeverTakeEffect() {
    on.put("never");
    on.done(on.put("a")).found(on.read(), "a").found(on.read(), "a");
    assertAccepted();
  }

  @Test
  void valuesAlternatingAfterAFailedWriteAreRejected() {
    on.done(on.put("a")).unknown(on.put("b"));
    on.found(on.read(), "b").found(on.read(), "a").found(on.read(), "b");
    assertRejected("no order explains");
  }

  @Test
  void unseenUnknownWriteMayExplainWhyAnUpdateFoundSomething() {
    on.unknown(on.create("unseen")).done(on.update("a"));
    assertAccepted();
  }

  @Test
  void updateOfNothingIsRejected() {
    on.done(on.update("a"));
    assertRejected("no order explains");
  }

  @Test
  void writeThatWasNotDoneMustNotBeSeen() {
    on.done(on.put("a")).notDone(on.put("b")).found(on.read(), "b");
    assertRejected("no order explains");
  }

  @Test
  void twoCreatesCannotBothSucceed() {
    int a = on.create("a");
    int b = on.create("b");
    on.done(a).done(b);
    assertRejected("no order explains");
  }

  @Test
  void lostUpdateIsRejected() {
    on.done(on.put("a"));
    int one = on.swap("a", "b");
    int two = on.swap("a", "c");
    on.done(one).done(two);
    assertRejected("no order explains");
  }

  @Test
  void compareAndSetAppliedTwiceIsRejected() {
    on.done(on.put("a"));
    int swap = on.swap("a", "b");
    on.found(on.read(), "b").done(on.put("c")).done(swap).found(on.read(), "b");
    assertRejected("no order explains");
  }

  @Test
  void versionOfAnUnknownWriteIsLearntFromARead() {
    on.unknown(on.put("a")).found(on.read(), "a").done(on.swap("a", "b"));
    on.refused(on.swap("a", "c"), "b");
    assertAccepted();
  }

  @Test
  void refusalThatTheConditionDoesNotExplainIsRejected() {
    on.done(on.put("a")).refused(on.swap("a", "b"), "a");
    assertRejected("no order explains");
  }

  @Test
  void refusalShowingAStaleRecordIsRejected() {
    on.done(on.put("a")).done(on.put("b")).refused(on.create("c"), "a");
    assertRejected("no order explains");
  }

  @Test
  void compareAndSetOnAVersionNobodyToldNeverHolds() {
    on.done(on.put("a")).done(on.swap("invented", "b"));
    assertRejected("no order explains");
  }

  @Test
  void conditionalDeleteChecksItsVersion() {
    on.done(on.put("a")).done(on.put("b")).done(on.delete("a"));
    assertRejected("no order explains");
  }

  @Test
  void valueThatNobodyWroteIsRejected() {
    on.done(on.put("a")).found(on.read(), "z");
    assertRejected("a value was shown that nobody wrote");
  }

  @Test
  void writeShownUnderTwoVersionsIsRejected() {
    on.done(on.put("a"));
    var other = Script.record("b").orElseThrow().version();
    var shown = io.trefoil.core.model.Record.of(other, Script.value("a"));
    on.end(on.read(), new Outcome.Found(Optional.of(shown)));
    assertRejected("one write has two versions");
  }

  @Test
  void readsThatMayBeStaleAreLeftOut() {
    on.done(on.put("a")).done(on.put("b"));
    int read = on.history().invoke(0, 0, new Operation.Get(Script.KEY, Consistency.ONE), 0);
    on.found(read, "a");
    assertAccepted();
  }

  @Test
  void writesOfOneValueAreRefusedAsAHistory() {
    on.done(on.put("a")).done(on.put("a"));
    assertThrows(IllegalArgumentException.class, on::violation);
  }

  @Test
  void callIsAnsweredOnce() {
    int write = on.put("a");
    on.done(write);
    assertThrows(IllegalStateException.class, () -> on.done(write));
  }

  private void assertAccepted() {
    assertEquals(Optional.empty(), on.violation());
  }

  private void assertRejected(String reason) {
    String violation = on.violation().orElse("accepted");
    assertTrue(violation.contains(reason), violation);
  }
}
