package io.trefoil.core.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.News;
import io.trefoil.core.membership.VirtualCluster.Sighting;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole clusters in virtual time.
class ClusterTest {

  private static final MembershipSettings SETTINGS = MembershipSettings.DEFAULT;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 2", "10, 3", "100, 10"})
  void nodesStartedTogetherConverge(int nodes, int seconds) {
    VirtualCluster cluster = new VirtualCluster(nodes, SETTINGS);
    for (int n = 1; n <= nodes; n++) {
      cluster.start(n);
    }

    Duration took = cluster.runUntilConverged(nodes, MINUTE);

    assertTrue(took.toSeconds() < seconds, nodes + " nodes took " + took);
  }

  @Test
  void nodesStartedOneByOneWithThirtyPercentLossConverge() {
    VirtualCluster cluster = new VirtualCluster(5, SETTINGS);
    cluster.loss = 0.3;
    for (int n = 1; n <= 10; n++) {
      cluster.start(n);
      cluster.run(Duration.ofSeconds(1));
    }

    cluster.runUntilConverged(10, Duration.ofSeconds(10));
    assertEquals(100, joins(cluster), "each of ten sees each of ten join once");
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "10, 0", "100, 0", "10, 10", "10, 30", "100, 30"})
  void crashedNodeIsDetectedByAll(int nodes, int lossPercent) {
    VirtualCluster cluster = VirtualCluster.of(nodes, 11, SETTINGS);
    cluster.loss = lossPercent / 100.0;
    int crashes = nodes == 100 ? 4 : 20;

    List<Long> times = ScaleTable.detect(cluster, crashes).stream().sorted().toList();

    System.out.println(nodes + " nodes, " + lossPercent + " % loss: " + ScaleTable.describe(times));
    assertEquals(crashes * (nodes - 1), times.size(), "every survivor saw every death once");
    assertTrue(ScaleTable.percentile(times, 50) < 2_500_000_000L, "median");
    assertTrue(times.getLast() < 6_000_000_000L, "longest");
    assertEquals(List.of(), cluster.falseDeaths);
  }

  @Test
  void fiveOfTenThatCrashTogetherAreDetectedByTheOtherFive() {
    VirtualCluster cluster = VirtualCluster.of(10, 3, SETTINGS);
    for (int n = 1; n <= 5; n++) {
      cluster.crash(cluster.host(n));
    }
    cluster.run(Duration.ofSeconds(20));

    assertEquals(25, count(cluster, MemberState.DEAD));
    assertTrue(cluster.isConverged(5), cluster.views());
    assertTrue(cluster.hosts.stream().noneMatch(h -> h.isRunning() && h.swim.isIsolated()));
  }

  @ParameterizedTest
  @CsvSource({"10, 10, 30", "50, 10, 6", "10, 30, 30", "50, 30, 6"})
  void lossCondemnsNobody(int nodes, int lossPercent, int minutes) {
    VirtualCluster cluster = VirtualCluster.of(nodes, 5, SETTINGS);
    cluster.run(Duration.ofSeconds(61));
    cluster.loss = lossPercent / 100.0;

    cluster.run(Duration.ofMinutes(minutes));

    assertEquals(List.of(), cluster.falseDeaths);
  }

  @Test
  void pausedNodeComesBackAndCondemnsNobody() {
    VirtualCluster cluster = VirtualCluster.of(10, 6, SETTINGS);
    VirtualHost paused = cluster.host(4);
    cluster.pause(paused, Duration.ofSeconds(30));
    cluster.run(Duration.ofSeconds(30));
    assertEquals(9, count(cluster, MemberState.DEAD), "the others hold it dead");

    Duration back = cluster.runUntilConverged(10, Duration.ofSeconds(20));

    assertTrue(back.toMillis() < 3_000, "back after " + back);
    assertEquals(9, count(cluster, MemberState.DEAD), "and nobody else");
    assertFalse(paused.swim.isIsolated());
  }

  @Test
  void shortPauseIsForgiven() {
    VirtualCluster cluster = VirtualCluster.of(10, 6, SETTINGS);
    for (int n = 1; n <= 10; n++) {
      cluster.pause(cluster.host(n), Duration.ofMillis(900));
      cluster.run(Duration.ofSeconds(5));
    }

    assertEquals(0, count(cluster, MemberState.DEAD));
  }

  @ParameterizedTest
  @CsvSource({"5, 1", "5, 2", "7, 3", "9, 4"})
  void splitHealsToOneView(int left, long seed) {
    VirtualCluster cluster = VirtualCluster.of(10, seed, SETTINGS);
    cluster.cut = (a, b) -> a.id.bits() <= left != b.id.bits() <= left;
    cluster.run(MINUTE);
    assertEquals(left == 9, cluster.host(10).swim.isIsolated());
    cluster.cut = (_, _) -> false;

    Duration healed = cluster.runUntilConverged(10, MINUTE);

    System.out.println("split " + left + " of 10 healed in " + healed.toMillis() + " ms");
    cluster.run(MINUTE);
    assertTrue(cluster.isConverged(10), cluster.views());
  }

  @Test
  void islandsThatNeverMetBecomeOneCluster() {
    VirtualCluster cluster = new VirtualCluster(8, SETTINGS);
    cluster.cut = (a, b) -> a.id.bits() % 2 != b.id.bits() % 2;
    for (int n = 1; n <= 12; n++) {
      cluster.start(n);
    }
    cluster.run(Duration.ofSeconds(30));
    assertTrue(cluster.isConverged(6), cluster.views());
    cluster.cut = (_, _) -> false;

    cluster.runUntilConverged(12, Duration.ofSeconds(90));
  }

  @Test
  void memberHeardButNotReachedByOneOtherStaysThroughRelays() {
    VirtualCluster cluster = VirtualCluster.of(10, 9, SETTINGS);
    cluster.cut = (a, b) -> a.id.bits() == 4 && b.id.bits() == 5;

    cluster.run(Duration.ofMinutes(5));

    assertEquals(0, count(cluster, MemberState.DEAD));
  }

  @Test
  void nodeThatCanOnlySpeakIsNeverTakenIn() {
    VirtualCluster cluster = VirtualCluster.of(5, 9, SETTINGS);
    cluster.cut = (_, b) -> b.id.bits() == 9;
    cluster.start(9);

    cluster.run(MINUTE);

    assertTrue(
        cluster.sightings.stream()
            .noneMatch(s -> s.subject().bits() == 9 && s.observer().bits() != 9));
  }

  @ParameterizedTest
  @CsvSource({"3, both", "10, both", "10, out", "10, in", "50, both", "50, out"})
  void nodeCutOffCallsItselfIsolatedAndCondemnsNobody(int nodes, String way) {
    VirtualCluster cluster = VirtualCluster.of(nodes, 10, SETTINGS);
    cluster.cut =
        (from, to) ->
            !way.equals("in") && from.id.bits() == 2 || !way.equals("out") && to.id.bits() == 2;
    cluster.run(MINUTE);

    assertTrue(cluster.host(2).swim.isIsolated());
    assertEquals(0, condemnedBy(cluster, 2));
    cluster.cut = (_, _) -> false;
    cluster.runUntilConverged(nodes, MINUTE);
    cluster.run(MINUTE);
    assertFalse(cluster.host(2).swim.isIsolated());
    assertEquals(0, condemnedBy(cluster, 2));
    assertEquals(nodes - 1, count(cluster, MemberState.DEAD), "only node 2, by each other");
  }

  @Test
  void restartWithAHigherRunAndANewAddressIsTakenAtOnce() {
    VirtualCluster cluster = VirtualCluster.of(10, 12, SETTINGS);
    cluster.crash(cluster.host(7));
    cluster.run(Duration.ofMillis(300));
    VirtualHost again = cluster.start(new NodeId(7), 2, VirtualCluster.addressOf(70));

    cluster.run(Duration.ofSeconds(3));

    assertTrue(cluster.isConverged(10), cluster.views());
    for (VirtualHost host : cluster.hosts) {
      assertEquals(Optional.of(again.address), host.swim.addressOf(again.id));
    }
    assertEquals(0, count(cluster, MemberState.DEAD));
  }

  @Test
  void reusedAddressKillsTheOldMemberEverywhereAtOnce() {
    VirtualCluster cluster = VirtualCluster.of(10, 13, SETTINGS);
    VirtualHost old = cluster.host(7);
    cluster.crash(old);
    cluster.start(new NodeId(77), 1, old.address);
    long began = cluster.nanos();

    cluster.run(Duration.ofSeconds(20));

    List<Sighting> sightings =
        cluster.sightings.stream().filter(s -> s.observer().bits() != 77).toList();
    List<Sighting> deaths = sightings.stream().filter(s -> s.state() == MemberState.DEAD).toList();
    assertEquals(9, deaths.size());
    assertTrue(deaths.getFirst().nanos() - began < 1_500_000_000L, "the first at " + deaths);
    assertTrue(
        sightings.stream().noneMatch(s -> s.state() == MemberState.SUSPECT),
        "nobody had to wait for a suspicion");
    assertTrue(cluster.isConverged(10), cluster.views());
  }

  @Test
  void leaveIsKnownToAllWithoutSuspicion() {
    VirtualCluster cluster = VirtualCluster.of(10, 14, SETTINGS);
    VirtualHost leaver = cluster.host(3);
    cluster.tell(leaver, new News.Leaving());
    cluster.run(Duration.ofMillis(500));
    cluster.crash(leaver);

    cluster.run(MINUTE);

    assertEquals(10, count(cluster, MemberState.LEFT) + 1, "nine others");
    assertEquals(0, count(cluster, MemberState.SUSPECT));
    assertTrue(cluster.isConverged(9), cluster.views());
  }

  @Test
  void restartAnnouncedIsWaitedForAndCondemnedOnlyWhenOverdue() {
    VirtualCluster cluster = VirtualCluster.of(10, 15, SETTINGS);
    VirtualHost away = cluster.host(3);
    cluster.tell(away, new News.Restarting(Duration.ofSeconds(20)));
    cluster.run(Duration.ofMillis(500));
    cluster.crash(away);
    cluster.run(Duration.ofSeconds(19));
    assertEquals(9, count(cluster, MemberState.RESTARTING));
    assertEquals(0, count(cluster, MemberState.SUSPECT));

    cluster.run(Duration.ofSeconds(10));
    assertEquals(9, count(cluster, MemberState.DEAD));
    cluster.start(away.id, 2, away.address);
    cluster.runUntilConverged(10, Duration.ofSeconds(3));
  }

  @Test
  void allNodesKilledAtOnceFindEachOtherAgain() {
    VirtualCluster cluster = VirtualCluster.of(10, 16, SETTINGS);
    List<VirtualHost> before = List.copyOf(cluster.hosts);
    before.forEach(cluster::crash);
    cluster.run(MINUTE);
    before.forEach(h -> cluster.start(h.id, 2, h.address));

    cluster.runUntilConverged(10, Duration.ofSeconds(5));
  }

  @Test
  void seedThatComesLateIsFoundByAll() {
    VirtualCluster cluster = new VirtualCluster(17, SETTINGS);
    cluster.start(4);
    cluster.start(5);
    cluster.run(Duration.ofMinutes(10));
    assertTrue(cluster.isConverged(1), "both wait for their seeds");

    cluster.start(2);

    cluster.runUntilConverged(3, Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 100})
  void trafficAtRestIsFlatAndBelow3KilobytesPerSecond(int nodes) {
    VirtualCluster cluster = VirtualCluster.of(nodes, 18, SETTINGS);
    cluster.run(MINUTE);
    cluster.hosts.forEach(
        h -> {
          h.bytes = 0;
          h.packets = 0;
        });
    cluster.run(MINUTE);

    double sent = cluster.hosts.stream().mapToLong(h -> h.bytes).sum() / 60.0 / nodes;
    double packets = cluster.hosts.stream().mapToLong(h -> h.packets).sum() / 60.0 / nodes;
    System.out.printf(
        "%d nodes at rest: %.0f B/s, %.1f packets/s per node%n", nodes, sent, packets);
    assertTrue(sent > 500 && 2 * sent < 3_000, "sent and received: " + 2 * sent + " B/s");
  }

  @Test
  void sameSeedGivesTheSameRun() {
    assertEquals(story(1), story(1));
    assertFalse(story(1).equals(story(2)));
  }

  private static List<Sighting> story(long seed) {
    VirtualCluster cluster = VirtualCluster.of(10, seed, SETTINGS);
    cluster.loss = 0.3;
    cluster.crash(cluster.host(4));
    cluster.run(MINUTE);
    return cluster.sightings;
  }

  private static long count(VirtualCluster cluster, MemberState state) {
    return cluster.sightings.stream().filter(s -> s.state() == state).count();
  }

  private static long condemnedBy(VirtualCluster cluster, int observer) {
    return cluster.sightings.stream()
        .filter(s -> s.observer().bits() == observer && s.state() == MemberState.DEAD)
        .count();
  }

  private static long joins(VirtualCluster cluster) {
    return cluster.joins.stream().filter(e -> e.state() == MemberState.ALIVE).count();
  }
}
