package io.trefoil.core.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Rule;
import io.trefoil.simulation.history.Call;
import io.trefoil.simulation.history.History;
import io.trefoil.simulation.history.Linearizability;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random histories of the register protocol, each checked exactly; and the proof that the check
/// would notice, by switching off one rule at a time. `-Dtrefoil.histories=100000` runs more.
class TurmoilTest {

  private static final int HISTORIES = Integer.getInteger("trefoil.histories", 20_000);

  @Test
  void everyHistoryIsLinearizable() {
    long done = 0;
    long unknown = 0;
    long epochs = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      Turmoil turmoil = new Turmoil(seed, Rule.ALL, seed % 2 == 1);
      History history = turmoil.run();
      epochs += turmoil.epoch();
      Optional<String> violation = Linearizability.violation(history);
      assertEquals(Optional.empty(), violation, "seed " + seed);
      for (Call call : history.calls()) {
        done += call.outcome().filter(o -> !(o instanceof Outcome.Unknown)).isPresent() ? 1 : 0;
        unknown += call.outcome().filter(o -> o instanceof Outcome.Unknown).isPresent() ? 1 : 0;
      }
    }
    System.out.printf(
        "%d histories, %d operations with a definite end, %d unknown, %d epochs%n",
        HISTORIES, done, unknown, epochs);
    assertTrue(done > 3L * HISTORIES, "a good third of the nine operations end definitely");
  }

  @ParameterizedTest
  @CsvSource({
    "BUILD_ON_CHOSEN, false, 300000",
    "RESOLVE_BY_MEMORY, false, 20000",
    "RESOLVE_BEFORE_RETRY, false, 20000",
    "BLIND_ABOVE_PROMISE, false, 20000",
    "PERSIST_BEFORE_ANSWER, false, 20000",
    "REMEMBER_PROMISES, false, 100000",
    "CATCH_UP_FIRST, true, 20000"
  })
  void withoutTheRuleSomeHistoryBreaks(Rule rule, boolean moves, int within) {
    Set<Rule> others = EnumSet.complementOf(EnumSet.of(rule));
    for (long seed = 0; seed < within; seed++) {
      if (breaks(seed, others, moves)) {
        System.out.printf("without %s seed %d breaks%n", rule, seed);
        return;
      }
    }
    throw new AssertionError("no history of " + within + " breaks without " + rule);
  }

  private static boolean breaks(long seed, Set<Rule> rules, boolean moves) {
    try {
      return Linearizability.violation(new Turmoil(seed, rules, moves).run()).isPresent();
    } catch (Check.Broken _) {
      return true;
    }
  }
}
