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
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random histories of the register protocol, each checked exactly; and the proof that the check
/// would notice, by switching off one rule at a time. `-Dtrefoil.histories=100000` runs more.
class TurmoilTest {

  private static final int HISTORIES = Integer.getInteger("trefoil.histories", 20_000);

  @Test
  void everyHistoryIsLinearizable() {
    var done = new AtomicLong();
    var unknown = new AtomicLong();
    var epochs = new AtomicLong();
    LongStream.range(0, HISTORIES)
        .parallel()
        .forEach(
            seed -> {
              Turmoil turmoil = new Turmoil(seed, Rule.ALL, seed % 2 == 1);
              History history = turmoil.run();
              epochs.addAndGet(turmoil.epoch());
              Optional<String> violation = Linearizability.violation(history);
              assertEquals(Optional.empty(), violation, () -> "seed " + seed);
              for (Call call : history.calls()) {
                boolean isUnknown =
                    call.outcome().filter(Outcome.Unknown.class::isInstance).isPresent();
                (isUnknown ? unknown : done).addAndGet(call.outcome().isPresent() ? 1 : 0);
              }
            });
    System.out.printf(
        "%d histories, %s operations with a definite end, %s unknown, %s epochs%n",
        HISTORIES, done, unknown, epochs);
    assertTrue(done.get() > 3L * HISTORIES, "a good third of the nine operations end definitely");
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
    OptionalLong broken =
        LongStream.range(0, within)
            .parallel()
            .filter(seed -> breaks(seed, others, moves))
            .findAny();
    assertTrue(broken.isPresent(), () -> "no history of " + within + " breaks without " + rule);
  }

  private static boolean breaks(long seed, Set<Rule> rules, boolean moves) {
    try {
      return Linearizability.violation(new Turmoil(seed, rules, moves).run()).isPresent();
    } catch (Check.Broken _) {
      return true;
    }
  }
}
