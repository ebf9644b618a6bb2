package io.trefoil.simulation.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The search with its shortcuts against one that tries every order.
class LinearizabilityDifferentialTest {

  private static final int HISTORIES = 20_000;

  @Test
  void agreesWithTryingEveryOrder() {
    int accepted = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      List<Call> calls = tinyHistory(new SplittableRandom(seed));
      boolean expected = someOrderExplains(calls, 0, Optional.empty());
      Optional<String> violation = Linearizability.violation(calls);
      assertEquals(expected, violation.isEmpty(), "seed " + seed + ": " + calls);
      accepted += expected ? 1 : 0;
    }
    assertTrue(accepted > HISTORIES / 20 && accepted < HISTORIES * 19 / 20, "of both: " + accepted);
  }

  @Test
  void sixtyOperationsWithEightAtATimeAreDecidedQuickly() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      List<Call> calls = new RandomRegister(random).history(60, 8);
      String name = "seed " + seed;
      assertTimeout(
          Duration.ofSeconds(5),
          () -> assertEquals(Optional.empty(), Linearizability.violation(calls), name));
    }
  }

  /// Two to seven calls with random, mostly wrong outcomes.
  private static List<Call> tinyHistory(SplittableRandom random) {
    var script = new Script();
    var words = List.of("", "a", "b", "c", "d", "e", "f", "g");
    var open = new ArrayList<Integer>();
    int asked = 0;
    int total = random.nextInt(2, 8);
    int written = 0;
    while (asked < total || !open.isEmpty() && random.nextInt(8) > 0) {
      if (asked < total && (open.isEmpty() || random.nextBoolean())) {
        List<String> told = script.told();
        String shown = told.isEmpty() ? "" : told.get(random.nextInt(told.size()));
        String mine = words.get(written + 1);
        asked++;
        switch (random.nextInt(7)) {
          case 0, 1 -> open.add(script.read());
          case 2 -> open.add(script.delete());
          default -> {
            written++;
            open.add(
                switch (random.nextInt(4)) {
                  case 0 -> script.put(mine);
                  case 1 -> script.create(mine);
                  case 2 -> script.update(mine);
                  default -> shown.isEmpty() ? script.put(mine) : script.swap(shown, mine);
                });
          }
        }
      } else {
        int call = open.remove(random.nextInt(open.size()));
        end(script, call, words.get(random.nextInt(written + 1)), random);
      }
    }
    return script.history().calls();
  }

  private static void end(Script script, int call, String shown, SplittableRandom random) {
    if (script.history().calls().get(call).operation() instanceof Operation.Get) {
      script.found(call, shown);
    } else {
      switch (random.nextInt(6)) {
        case 0 -> script.refused(call, shown);
        case 1 -> script.notDone(call);
        case 2 -> script.unknown(call);
        default -> script.done(call);
      }
    }
  }

  /// Whether the calls not in the set of those done can follow a key that shows this.
  private static boolean someOrderExplains(List<Call> calls, int done, Optional<Record> shown) {
    boolean complete = true;
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      if ((done >> i & 1) == 0 && isCertain(call)) {
        complete = false;
      }
      if ((done >> i & 1) == 0 && mayBeNext(calls, done, call)) {
        for (Optional<Record> after : results(call, shown)) {
          if (someOrderExplains(calls, done | 1 << i, after)) {
            return true;
          }
        }
      }
    }
    return complete;
  }

  private static boolean mayBeNext(List<Call> calls, int done, Call call) {
    for (int i = 0; i < calls.size(); i++) {
      Call other = calls.get(i);
      if ((done >> i & 1) == 0
          && isCertain(other)
          && other.returned().orElseThrow().at().before(call.invoked())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCertain(Call call) {
    return call.outcome()
        .map(o -> !(o instanceof Outcome.Unknown) && !(o instanceof Outcome.NotDone))
        .orElse(false);
  }

  /// What the key may show after the call: empty if the call cannot have ended so.
  private static List<Optional<Record>> results(Call call, Optional<Record> shown) {
    boolean holds = condition(call.operation()).holdsFor(shown, 0);
    Optional<Outcome> outcome = call.outcome();
    if (outcome.isPresent()) {
      switch (outcome.get()) {
        case Outcome.Found(var record) -> {
          return record.equals(shown) ? List.of(shown) : List.of();
        }
        case Outcome.Refused(var record) -> {
          return !holds && record.equals(shown) ? List.of(shown) : List.of();
        }
        case Outcome.NotDone _, Outcome.Inspected _ -> {
          return List.of();
        }
        case Outcome.Done _, Outcome.Unknown _ -> {
          // The condition decides, below.
        }
      }
    }
    if (!holds || call.operation() instanceof Operation.Get) {
      return List.of();
    }
    return List.of(after(call.operation()));
  }

  private static Optional<Record> after(Operation operation) {
    return switch (operation) {
      case Operation.Get _, Operation.Inspect _ ->
          throw new IllegalArgumentException("a read writes nothing");
      case Operation.Delete _ -> Optional.empty();
      case Operation.Put(var _, Value value, var _) -> Script.record(Script.word(value));
    };
  }

  private static Condition condition(Operation operation) {
    return switch (operation) {
      case Operation.Get _, Operation.Inspect _ -> new Condition.Always();
      case Operation.Delete(var _, var condition) -> condition;
      case Operation.Put(var _, var _, var condition) -> condition;
    };
  }
}
