package io.trefoil.core.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Value;
import io.trefoil.core.register.Ensemble.Flight;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.WrongEpoch;
import io.trefoil.core.ring.ReplicaSet;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The rules (!) about voters that change and tombstones that go, each with and without. Nodes 0, 1
/// and 2 vote at first; 3 and 4 may come in.
class MovingVotersTest {

  private static final Key KEY = new Key("k");
  private static final ReplicaSet FIRST = ReplicaSet.stable(1, ids(0, 1, 2));

  @Test
  void aCopyFromAnEarlierStayIsErased() {
    ReplicaSet back = FIRST.moving(2, ids(0, 1, 3)).moved(3).moving(4, ids(0, 1, 2));
    Ensemble with = written(Rule.ALL);
    with.adopt(2, back);
    assertEquals(Register.EMPTY, with.register(2, KEY));

    Ensemble without = written(without(Rule.ERASE_ON_ENTRY));
    without.adopt(2, back);
    assertTrue(without.register(2, KEY).record().isPresent());
  }

  @Test
  void whatLiesThereWithoutACopyIsErasedByWhoComesIn() {
    Ensemble ensemble = written(Rule.ALL);
    ensemble.leave(3, KEY, ensemble.register(0, KEY));
    ensemble.adopt(3, FIRST.moving(2, ids(0, 1, 3)));
    assertEquals(Register.EMPTY, ensemble.register(3, KEY));
  }

  @Test
  void aCopyThatNeverLeftIsKept() {
    Ensemble ensemble = written(Rule.ALL);
    ensemble.adopt(1, FIRST.moving(2, ids(0, 1, 3)).moved(3));
    assertTrue(ensemble.register(1, KEY).record().isPresent());
  }

  @Test
  void anErasedCopyStaysErasedAfterARestart() {
    Ensemble ensemble = written(Rule.ALL);
    ensemble.adopt(2, FIRST.moving(2, ids(0, 1, 3)).moved(3).moving(4, ids(0, 1, 2)));
    ensemble.start(2);
    assertEquals(Register.EMPTY, ensemble.register(2, KEY));
  }

  @Test
  void aRequestOfAnotherEpochIsRefused() {
    assertTrue(isRefusedInAnotherEpoch(Rule.ALL));
    assertFalse(isRefusedInAnotherEpoch(without(Rule.REFUSE_OTHER_EPOCH)));
  }

  private static boolean isRefusedInAnotherEpoch(Set<Rule> rules) {
    Ensemble ensemble = written(rules);
    ensemble.adopt(0, FIRST.moving(2, ids(0, 1, 3)));
    ensemble.ask(4, put("b"));
    ensemble.deliver(f -> f.to() == 0 && f.message() instanceof Accept);
    return ensemble.flights.stream().anyMatch(f -> f.message() instanceof WrongEpoch);
  }

  @Test
  void anOperationGoesOnWithTheNewVoters() {
    Ensemble ensemble = written(Rule.ALL);
    ReplicaSet moving = FIRST.moving(2, ids(0, 1, 3));
    List.of(0, 1, 2, 3).forEach(node -> ensemble.adopt(node, moving));
    long put = ensemble.ask(4, put("b"));
    ensemble.deliverAll();
    assertFalse(ensemble.outcomes.containsKey(put));
    ensemble.adopt(4, moving);
    ensemble.deliverAll();
    assertInstanceOf(Outcome.Done.class, ensemble.outcomes.get(put));
  }

  @Test
  void aTombstoneThatAllVotersHoldIsForgottenAndRaisesTheFloor() {
    Ensemble ensemble = written(Rule.ALL);
    Flight late = lateAccept(ensemble);
    delete(ensemble);
    ensemble.run(4_000);
    assertEquals(Register.EMPTY, ensemble.register(0, KEY));
    ensemble.hear(late);
    assertEquals(Optional.empty(), ensemble.register(0, KEY).record());
  }

  @Test
  void withoutTheFloorALateAcceptBringsBackWhatWasDeleted() {
    Ensemble ensemble = written(without(Rule.RAISE_FLOOR));
    Flight late = lateAccept(ensemble);
    delete(ensemble);
    ensemble.run(4_000);
    ensemble.hear(late);
    assertTrue(ensemble.register(0, KEY).record().isPresent());
  }

  @Test
  void aTombstoneThatAVoterLacksIsKept() {
    assertTrue(isKeptWhileAVoterLacksIt(Rule.ALL));
    assertFalse(isKeptWhileAVoterLacksIt(without(Rule.COLLECT_WHAT_ALL_HOLD)));
  }

  private static boolean isKeptWhileAVoterLacksIt(Set<Rule> rules) {
    Ensemble ensemble = written(rules);
    ensemble.ask(0, new Operation.Delete(KEY, new Condition.Present()));
    for (int passed = 0; passed < 4_000; passed += 5) {
      ensemble.deliver(f -> f.to() != 2);
      ensemble.drop(f -> f.to() == 2);
      ensemble.pass(5);
    }
    return ensemble.register(0, KEY).record().isPresent();
  }

  private static Ensemble written(Set<Rule> rules) {
    Ensemble ensemble = new Ensemble(5, rules);
    ensemble.ask(0, put("a"));
    ensemble.run(100);
    return ensemble;
  }

  /// An accept for node 0 that is on its way for very long.
  private static Flight lateAccept(Ensemble ensemble) {
    ensemble.ask(1, put("late"));
    Flight late =
        ensemble.flights.stream()
            .filter(f -> f.to() == 0 && f.message() instanceof Accept)
            .findFirst()
            .orElseThrow();
    ensemble.run(100);
    return late;
  }

  private static void delete(Ensemble ensemble) {
    long delete = ensemble.ask(0, new Operation.Delete(KEY, new Condition.Present()));
    ensemble.run(100);
    assertInstanceOf(Outcome.Done.class, ensemble.outcomes.get(delete));
    long get = ensemble.ask(1, new Operation.Get(KEY, Consistency.LINEARIZABLE));
    ensemble.run(100);
    assertEquals(new Outcome.Found(Optional.empty()), ensemble.outcomes.get(get));
  }

  private static Operation put(String value) {
    return new Operation.Put(
        KEY, Value.of(value.getBytes(StandardCharsets.UTF_8)), new Condition.Always());
  }

  private static Set<Rule> without(Rule rule) {
    return EnumSet.complementOf(EnumSet.of(rule));
  }

  private static List<NodeId> ids(int... nodes) {
    return java.util.Arrays.stream(nodes).mapToObj(Ensemble::id).toList();
  }
}
