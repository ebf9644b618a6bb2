package io.trefoil.simulation.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.simulation.fault.FaultPlan.Timed;
import io.trefoil.simulation.world.Fault;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultPlanTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void theSameSeedDrawsTheSamePlan() {
    assertEquals(plan(7), plan(7));
    assertTrue(!plan(7).equals(plan(8)));
  }

  @Test
  void faultsComeInTheOrderOfTheirTimes() {
    List<Long> times = plan(1).faults().stream().map(Timed::nanos).toList();
    assertEquals(times.stream().sorted().toList(), times);
    assertTrue(times.size() > 60, "about one trouble a second, each with its end");
  }

  @Test
  void whoIsCrashedIsStartedAgain() {
    List<Fault> faults = plan(1).faults().stream().map(Timed::fault).toList();
    for (int host = 0; host < 5; host++) {
      int last = faults.lastIndexOf(new Fault.Crash(host));
      assertTrue(last >= 0 && faults.lastIndexOf(new Fault.Restart(host)) > last);
    }
  }

  @Test
  void aLinkThatFlapsIsDeadAndAliveByTurns() {
    Trouble.Episode flaps = Trouble.FLAP.drawn(new SplittableRandom(1), 5);
    assertTrue(flaps.times() > 1);
    var plan = FaultPlan.drawn(FaultMix.MAYHEM, new SplittableRandom(1), 5, MINUTE.multipliedBy(5));
    long cuts = plan.faults().stream().filter(f -> f.fault() instanceof Fault.OneWay).count();
    var distinct =
        plan.faults().stream()
            .map(Timed::fault)
            .filter(Fault.OneWay.class::isInstance)
            .distinct()
            .count();
    assertTrue(cuts > 2 * distinct, cuts + " cuts of " + distinct + " links");
  }

  @Test
  void whoIsMuteIsHeardByNobodyAndWhoIsDeafHearsNobody() {
    List<Fault> mute = Trouble.MUTE.drawn(new SplittableRandom(1), 3).begin();
    List<Fault> deaf = Trouble.DEAF.drawn(new SplittableRandom(1), 3).begin();
    int host = ((Fault.OneWay) mute.getFirst()).from();
    List<Integer> others = List.of((host + 1) % 3, (host + 2) % 3).stream().sorted().toList();

    assertEquals(others.stream().map(to -> new Fault.OneWay(host, to)).toList(), mute);
    assertEquals(others.stream().map(from -> new Fault.OneWay(from, host)).toList(), deaf);
  }

  @Test
  void calmRunsHaveNoFaults() {
    var plan = FaultPlan.drawn(FaultMix.CALM, new SplittableRandom(1), 5, MINUTE);
    assertEquals(List.of(), plan.faults());
  }

  @ParameterizedTest
  @EnumSource
  void everyMixIsFoundByItsName(FaultMix mix) {
    assertEquals(mix, FaultMix.named(mix.label()));
  }

  @Test
  void anUnknownMixIsRefusedWithTheNamesThereAre() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> FaultMix.named("fog"));
    assertTrue(refusal.getMessage().contains("'fog' is no mix"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("everything"), refusal.getMessage());
  }

  private static FaultPlan plan(long seed) {
    return FaultPlan.drawn(FaultMix.EVERYTHING, new SplittableRandom(seed), 5, MINUTE);
  }
}
