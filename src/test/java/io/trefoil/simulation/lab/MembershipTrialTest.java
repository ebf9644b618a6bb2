package io.trefoil.simulation.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The laboratory measures what it says, on clusters small enough for a build.
class MembershipTrialTest {

  private static final MembershipPlan PLAN =
      new MembershipPlan(1, 10, 0, 10, Duration.ofMinutes(5), false);

  @Test
  void tenNodesDetectEveryCrashInTimeAndCondemnNobodyElse() {
    MembershipRow row = MembershipTrial.run(PLAN);
    assertEquals(10, row.first().nanos().size());
    assertEquals(90, row.all().nanos().size());
    assertTrue(row.all().percentile(50).orElseThrow().compareTo(Duration.ofSeconds(2)) < 0);
    assertTrue(row.first().nanos().getFirst() > Duration.ofMillis(750).toNanos());
    assertEquals(0, row.falseDeaths());
    assertEquals(0, row.falseDeathsInCrashes());
    assertEquals(10 * 5 / 60.0, row.nodeHours(), 0.01);
    assertTrue(row.bytes() > 300 && row.bytes() < 3_000, () -> row.bytes() + " B/s");
    assertTrue(row.bootstrap().orElseThrow().compareTo(Duration.ofSeconds(3)) < 0);
    assertEquals(0, row.pause().falseDeaths());
    assertEquals(0, row.oneWay().falseDeaths());
    MembershipRow.Trouble split = row.split();
    assertEquals(0, split.falseDeaths());
    assertTrue(split.healed().orElseThrow().compareTo(Duration.ofSeconds(30)) < 0);
  }

  @Test
  void theSamePlanGivesTheSameRow() {
    MembershipPlan plan = new MembershipPlan(3, 5, 0.1, 3, Duration.ofMinutes(1), false);
    assertEquals(MembershipTrial.run(plan), MembershipTrial.run(plan));
  }

  @Test
  void settledNodesDoNotJoinAndDetectAlike() {
    MembershipPlan plan = new MembershipPlan(1, 100, 0, 5, Duration.ofMinutes(1), true);
    MembershipRow row = MembershipTrial.run(plan);
    assertTrue(row.bootstrap().isEmpty());
    assertEquals(5 * 99, row.all().nanos().size());
    assertEquals(0, row.falseDeaths());
    assertTrue(row.split().healed().orElseThrow().compareTo(Duration.ofSeconds(30)) < 0);
  }

  /// What the ten had to accuse the others of was told to the end before any denial.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nobodyIsHeldDeadBecauseTenOfAHundredWereCutOff(long seed) {
    MembershipPlan plan = new MembershipPlan(seed, 100, 0, 1, Duration.ofMinutes(1), true);
    assertEquals(0, MembershipTrial.run(plan).split().falseDeaths());
  }

  @Test
  void whatTheHalvesOfAHundredTellOfEachOtherIsHearsay() {
    MembershipPlan plan = new MembershipPlan(1, 100, 0, 1, Duration.ofMinutes(1), false);
    assertEquals(0, MembershipTrial.run(plan).split().falseDeaths());
  }

  @Test
  void aPercentileIsOneOfTheDurations() {
    var some = new MembershipRow.Durations(List.of(3L, 1L, 2L));
    assertEquals(Duration.ofNanos(2), some.percentile(50).orElseThrow());
    assertEquals(Duration.ofNanos(3), some.percentile(99).orElseThrow());
    assertTrue(new MembershipRow.Durations(List.of()).percentile(50).isEmpty());
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    Duration minute = Duration.ofMinutes(1);
    assertThrows(IllegalArgumentException.class, () -> MembershipPlan.of(1, 2, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> MembershipPlan.of(1, 10_001, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> MembershipPlan.of(1, 3, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new MembershipPlan(1, 3, 0, 0, minute, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MembershipPlan(1, 3, 0, 1, Duration.ofSeconds(59), false));
  }
}
