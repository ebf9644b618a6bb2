package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Now;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapMessage.Report;
import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.map.Sighting.Presence;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every rule of the steward as a claim.
final class StewardTest {

  private static final Duration LONG = Duration.ofSeconds(31);
  private static final Duration SHORT = Duration.ofSeconds(6);

  private final Reports reports = new Reports();
  private final TreeMap<String, Standing> wishes = new TreeMap<>();
  private final Neighbourhood seen = new Neighbourhood();
  private MapPolicy policy = MapPolicy.DEFAULT;
  private boolean silent = true;
  private long number;
  private ClusterMap map;

  @Test
  void nothingIsDueWhenAllAreThere() {
    found(3);
    assertEquals(Optional.empty(), next());
  }

  @Test
  void aJoinerIsAddedAndGetsItsShare() {
    found(3);
    there(member(4));
    step();
    assertEquals(Standing.ACTIVE, standing(4));
    assertTrue(map.replicaSets().stream().anyMatch(set -> set.target().contains(id(4))));
  }

  @Test
  void aJoinerWithTheNameOfAMemberThatIsThereStaysOut() {
    found(3);
    there(named(9, "node-1"));
    assertEquals(Optional.empty(), next());
  }

  @Test
  void aNewNodeWithTheNameOfOneThatIsAwayReplacesItAtOnce() {
    found(3);
    dead(1, Duration.ZERO);
    there(named(9, "node-1"));
    step();
    assertEquals(Standing.EVICTED, standing(1));
    assertEquals(Standing.ACTIVE, standing(9));
    assertTrue(map.replicaSets().stream().allMatch(set -> set.target().contains(id(9))));
  }

  @Test
  void whatAMemberSaysOfItselfGoesIntoTheMap() {
    found(3);
    there(new MapMember(id(2), "node-2", "west", 7, address(22), Standing.ACTIVE));
    step();
    var member = map.member(id(2)).orElseThrow();
    assertEquals("west", member.zone());
    assertEquals(7, member.weight());
    assertEquals(address(22), member.address());
  }

  @Test
  void aDeadMemberKeepsItsShareUntilTheDelayIsOver() {
    found(4);
    dead(2, Duration.ofSeconds(29));
    next().ifPresent(later -> assertEquals(map.replicaSets(), later.replicaSets()));
    dead(2, LONG);
    step();
    assertEquals(Standing.EVICTED, standing(2));
    assertTrue(map.replicaSets().stream().noneMatch(set -> set.target().contains(id(2))));
  }

  /// Found by a frozen node: the council was decided anew to name the same three in another order.
  @Test
  void aSeatForWhichNobodyElseIsLeftStaysInItsPlace() {
    found(3);
    dead(1, Duration.ofSeconds(12));
    assertEquals(Optional.empty(), next());
  }

  @Test
  void oneThatIsAwayIsWaitedForHoweverLong() {
    found(4);
    seen.see(member(2), Presence.AWAY, LONG.multipliedBy(100));
    assertEquals(Optional.empty(), next());
  }

  @Test
  void oneThatSaidItIsGoneIsEvictedAtOnce() {
    found(4);
    seen.see(member(2), Presence.GONE, Duration.ZERO);
    step();
    assertEquals(Standing.EVICTED, standing(2));
  }

  @Test
  void anEvictedMemberThatReturnsGetsItsShareBack() {
    found(4);
    dead(2, LONG);
    step();
    there(member(2));
    step();
    assertEquals(Standing.ACTIVE, standing(2));
    settle();
    assertEquals(Optional.empty(), next());
    assertEquals(targets(), sets());
  }

  @Test
  void anEvictedMemberThatHoldsNothingIsDropped() {
    found(5);
    dead(2, LONG);
    step();
    settle();
    assertFalse(map.contains(id(2)));
    assertEquals(4, map.members().size());
  }

  @Test
  void aLeaverIsDroppedOnlyWhenItHoldsNothingAndIsOff() {
    found(4);
    wishes.put("node-2", Standing.LEAVING);
    step();
    assertEquals(Standing.LEAVING, standing(2));
    assertTrue(map.replicaSets().stream().anyMatch(set -> set.old().contains(id(2))));
    settle();
    assertTrue(map.replicaSets().stream().noneMatch(set -> set.contains(id(2))));
    assertEquals(Standing.LEAVING, standing(2));
    seen.see(member(2), Presence.GONE, Duration.ZERO);
    settle();
    assertFalse(map.contains(id(2)));
  }

  @Test
  void setsNeverShrinkBecauseAMemberDied() {
    found(3);
    dead(2, LONG);
    step();
    assertEquals(Standing.EVICTED, standing(2));
    assertTrue(map.replicaSets().stream().allMatch(set -> set.isStable() && set.contains(id(2))));
    assertEquals(Optional.empty(), next());
  }

  @Test
  void oneNodeGrowsToThreeCopies() {
    found(1);
    there(member(2));
    step();
    settle();
    there(member(3));
    step();
    settle();
    assertTrue(map.replicaSets().stream().allMatch(s -> s.isStable() && s.old().size() == 3));
    assertEquals(3, map.council().size());
  }

  @Test
  void aMoveEndsWhenTheWholeTargetIsComplete() {
    found(3);
    there(member(4));
    step();
    var moving = moving();
    assertFalse(moving.isEmpty());
    IntStream.rangeClosed(1, 3).forEach(n -> complete(n, map.epoch()));
    assertEquals(Optional.empty(), next());
    complete(4, map.epoch());
    step();
    assertTrue(moving.stream().allMatch(p -> map.replicaSet(p).isStable()));
    assertTrue(moving.stream().allMatch(p -> map.replicaSet(p).contains(id(4))));
  }

  @Test
  void aReportFromBeforeTheMoveDoesNotEndIt() {
    found(3);
    there(member(4));
    step();
    IntStream.rangeClosed(1, 4).forEach(n -> complete(n, map.epoch() - 1));
    assertEquals(Optional.empty(), next());
  }

  @Test
  void lessThanAMajorityOfTheTargetNeverEndsAMove() {
    found(6);
    var set = ReplicaSet.stable(1, List.of(id(1), id(2), id(3)));
    map = with(set.moving(2, List.of(id(1), id(4), id(5))));
    policy = moves(1);
    dead(3, SHORT);
    complete(4, map.epoch());
    next().ifPresent(later -> assertEquals(set.old(), later.replicaSet(0).old()));
    complete(1, map.epoch());
    assertEquals(map.replicaSet(0).target(), next().orElseThrow().replicaSet(0).old());
  }

  @Test
  void aMoveWhoseTargetDiesGoesSomewhereElse() {
    found(3);
    there(member(4));
    step();
    dead(4, LONG);
    step();
    assertTrue(map.replicaSets().stream().allMatch(ReplicaSet::isStable));
    assertTrue(map.replicaSets().stream().noneMatch(set -> set.contains(id(4))));
  }

  @Test
  void soManyMoveAtOnceAndTheMostUrgentFirst() {
    policy = moves(2);
    found(5);
    dead(2, LONG);
    there(member(6));
    step();
    assertEquals(2, moving().size());
    assertTrue(moving().stream().allMatch(p -> map.replicaSet(p).old().contains(id(2))));
  }

  @Test
  void whereMostVotersAreEvictedTheSurvivorGoesOn() {
    found(6);
    var set = ReplicaSet.stable(1, List.of(id(1), id(2), id(3)));
    map = with(set);
    dead(2, LONG);
    dead(3, LONG);
    step();
    var forced = map.replicaSet(0);
    assertEquals(List.of(id(1)), forced.old());
    assertEquals(map.epoch(), forced.forced());
    assertTrue(forced.target().contains(id(1)) && forced.target().size() == 3);
  }

  @Test
  void theSurvivorWaitsUntilTheOthersHaveSurelyFallenSilent() {
    found(6);
    map = with(ReplicaSet.stable(1, List.of(id(1), id(2), id(3))));
    silent = false;
    dead(2, LONG);
    dead(3, LONG);
    step();
    assertEquals(List.of(id(1), id(2), id(3)), map.replicaSet(0).old());
    assertEquals(0, map.replicaSet(0).forced());
  }

  @Test
  void underWaitNothingIsForced() {
    policy =
        new MapPolicy(LONG.minusSeconds(1), SHORT, Duration.ofSeconds(10), MajorityLoss.WAIT, 256);
    found(6);
    map = with(ReplicaSet.stable(1, List.of(id(1), id(2), id(3))));
    dead(2, LONG);
    dead(3, LONG);
    step();
    assertEquals(List.of(id(1), id(2), id(3)), map.replicaSet(0).old());
    assertTrue(map.replicaSet(0).isStable());
  }

  @Test
  void withAllVotersLostASetIsLeftAsItIs() {
    found(6);
    var set = ReplicaSet.stable(1, List.of(id(1), id(2), id(3)));
    map = with(set);
    IntStream.rangeClosed(1, 3).forEach(n -> dead(n, LONG));
    step();
    assertEquals(set, map.replicaSet(0));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 3", "4, 3", "5, 5", "9, 5"})
  void theCouncilIsOddAndGrowsWithTheCluster(int members, int seats) {
    found(1);
    IntStream.rangeClosed(2, members).forEach(n -> there(member(n)));
    next().ifPresent(later -> map = later);
    assertEquals(seats, map.council().size());
    assertEquals(id(1), map.council().getFirst());
  }

  @Test
  void aDeadSeatIsFilledAfterSomeSecondsAndTheOthersKeepTheirs() {
    found(6);
    dead(2, Duration.ofSeconds(4));
    assertEquals(Optional.empty(), next());
    dead(2, SHORT);
    step();
    assertEquals(List.of(id(1), id(3), id(4), id(5), id(6)), map.council());
  }

  @Test
  void aNewSeatGoesToTheZoneThatHasTheFewest() {
    found(5);
    for (int n = 1; n <= 5; n++) {
      there(zoned(n, "east"));
    }
    there(zoned(6, "east"));
    there(zoned(7, "west"));
    step();
    dead(2, SHORT);
    step();
    assertTrue(map.council().contains(id(7)));
  }

  @Test
  void threeSeatsStayThreeWhenOneHolderIsDeadForGood() {
    found(3);
    dead(2, LONG);
    step();
    assertEquals(3, map.council().size());
    assertTrue(map.council().contains(id(2)));
  }

  @Test
  void fiveSeatsShrinkToThreeWhenNobodyCanTakeOne() {
    found(5);
    dead(2, LONG);
    step();
    assertEquals(3, map.council().size());
    assertFalse(map.council().contains(id(2)));
  }

  @Test
  void aDamagedCopyComesInAnewAndTheOthersMustAgreeMeanwhile() {
    found(3);
    complete(1, map.epoch());
    complete(2, map.epoch());
    damaged(3, map.epoch());
    step();
    var set = map.replicaSet(0);
    assertEquals(List.of(id(1), id(2)), set.old().stream().sorted().toList());
    assertEquals(3, set.target().size());
    assertEquals(map.epoch(), set.since(id(3)));
    assertTrue(map.replicaSet(1).isStable());
    settle();
    assertEquals(3, map.replicaSet(0).old().size());
  }

  @Test
  void aDamagedCopyStaysWhileItsPartitionCannotDoWithoutIt() {
    found(3);
    complete(1, map.epoch());
    damaged(2, map.epoch());
    damaged(3, map.epoch());
    assertEquals(Optional.empty(), next());
    complete(2, map.epoch());
    seen.see(member(1), Presence.DEAD, Duration.ZERO);
    assertEquals(Optional.empty(), next());
  }

  private void damaged(int node, long epoch) {
    var zero = List.of(0);
    var progress = new Progress(epoch, zero, List.of(), List.of(), zero, 0, 0);
    reports.take(id(node), new Report(++number, progress), 0);
  }

  private void found(int members) {
    var all = IntStream.rangeClosed(1, members).mapToObj(StewardTest::member).toList();
    all.forEach(this::there);
    map = new Founding(members, new Partitions(16), 3, 8).found(5, all);
  }

  private ClusterMap with(ReplicaSet set) {
    var sets = new ArrayList<>(map.replicaSets());
    sets.set(0, set);
    return new ClusterMap(
        5, 2, map.partitions(), 3, map.tokens(), map.members(), map.council(), sets);
  }

  private Optional<ClusterMap> next() {
    var roll = new RollCall().call(map, seen.sightings(new Now(0, 0)), new Now(0, 0));
    return new Steward(policy, new Targets(), Rule.ALL)
        .next(new Scene(map, roll, reports, _ -> silent, Map.copyOf(wishes)));
  }

  private void step() {
    map = next().orElseThrow();
    assertTrue(map.isSound());
  }

  /// Everybody that is seen copies what it has to, until nothing is due.
  private void settle() {
    for (int round = 0; round < 50; round++) {
      seen.sightings(new Now(0, 0)).stream()
          .filter(sighting -> sighting.presence() == Presence.THERE)
          .forEach(sighting -> complete(sighting.member().id(), map.epoch()));
      var next = next();
      if (next.isEmpty()) {
        return;
      }
      map = next.get();
      assertTrue(map.isSound());
    }
    throw new AssertionError("the map does not come to rest");
  }

  private List<List<NodeId>> sets() {
    return map.replicaSets().stream().map(set -> set.old().stream().sorted().toList()).toList();
  }

  private List<List<NodeId>> targets() {
    return new Targets()
        .of(map, map.members()).stream().map(set -> set.stream().sorted().toList()).toList();
  }

  private List<Integer> moving() {
    return IntStream.range(0, 16).filter(p -> !map.replicaSet(p).isStable()).boxed().toList();
  }

  private void complete(int node, long epoch) {
    complete(id(node), epoch);
  }

  private void complete(NodeId node, long epoch) {
    reports.take(node, new Report(++number, Progress.nothing(epoch)), 0);
  }

  private void there(MapMember member) {
    seen.see(member, Presence.THERE, Duration.ZERO);
  }

  private void dead(int node, Duration since) {
    seen.see(member(node), Presence.DEAD, since);
  }

  private Standing standing(int node) {
    return map.member(id(node)).orElseThrow().standing();
  }

  private static MapPolicy moves(int atOnce) {
    var policy = MapPolicy.DEFAULT;
    return new MapPolicy(
        policy.evictionDelay(),
        policy.seatDelay(),
        policy.lease(),
        policy.onMajorityLoss(),
        atOnce);
  }

  private static MapMember member(int node) {
    return named(node, "node-" + node);
  }

  private static MapMember named(int node, String name) {
    return MapMember.active(id(node), name, "", 1, address(node));
  }

  private static MapMember zoned(int node, String zone) {
    return MapMember.active(id(node), "node-" + node, zone, 1, address(node));
  }

  private static NodeId id(int node) {
    return new NodeId(node);
  }

  private static Address address(int node) {
    return new Address("10.0.0." + node, 7400);
  }
}
