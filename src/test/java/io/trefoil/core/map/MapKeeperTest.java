package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Effect.Announce;
import io.trefoil.core.machine.Effect.Cancel;
import io.trefoil.core.machine.Effect.Persist;
import io.trefoil.core.machine.Effect.Send;
import io.trefoil.core.machine.Effect.Wake;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Input.Fetched;
import io.trefoil.core.machine.Input.Fired;
import io.trefoil.core.machine.Input.Heard;
import io.trefoil.core.machine.Input.Persisted;
import io.trefoil.core.machine.Input.Told;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.map.MapAlarm.InquiryDue;
import io.trefoil.core.map.MapAlarm.PullDue;
import io.trefoil.core.map.MapAlarm.RoundDue;
import io.trefoil.core.map.MapMessage.Advanced;
import io.trefoil.core.map.MapMessage.Decided;
import io.trefoil.core.map.MapMessage.Endorsed;
import io.trefoil.core.map.MapMessage.Inquire;
import io.trefoil.core.map.MapMessage.Preempted;
import io.trefoil.core.map.MapMessage.Propose;
import io.trefoil.core.map.MapMessage.Pull;
import io.trefoil.core.map.MapMessage.Unmapped;
import io.trefoil.core.map.MapWrite.Adopted;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The map machine input by input, each with all its effects.
final class MapKeeperTest {

  private static final MapMember SELF = member(2);
  private static final MapMember OTHER = member(3);
  private static final MapMember EARLIER = member(1);
  private static final Peer PEER = new Peer(OTHER.id(), OTHER.address());
  private static final Founding FOUNDING = new Founding(2, new Partitions(4), 3, 2);
  private static final ClusterMap MAP = FOUNDING.found(77, List.of(SELF, OTHER));
  private static final MapBallot FIRST = new MapBallot(1, SELF.id());
  private static final MapBallot THEIRS = new MapBallot(5, OTHER.id());
  private static final Duration FIRST_ROUND = Duration.ofMillis(100);
  private static final Duration PERIOD = Duration.ofMillis(300);

  private final List<Effect<MapMessage, MapAlarm, MapWrite>> effects = new ArrayList<>();
  private long millis;

  @Test
  void theFirstSeedFoundsTheClusterStepByStep() {
    var node = unmapped();
    assertEquals(
        List.of(new Wake<>(new InquiryDue(), PERIOD)), on(node, new Told<>(new News.Started())));
    var promise = new GenesisVote(FIRST, MapBallot.ZERO, Optional.empty());
    assertEquals(
        List.of(new Persist<>(1, promise), new Send<>(at(OTHER), new Inquire(FIRST, SELF))),
        resolve(node, SELF, OTHER));
    assertEquals(List.of(), heard(node, unmappedAnswer(FIRST, OTHER)));

    // The last promise, its own, is durable: now it proposes.
    var proposed = on(node, new Persisted<>(1));
    var vote = (GenesisVote) ((Persist<?, ?, ?>) proposed.getFirst()).write();
    var map = vote.proposal().orElseThrow();
    assertEquals(FOUNDING.found(map.clusterId(), List.of(OTHER, SELF)), map);
    assertEquals(
        List.of(
            new Persist<>(2, new GenesisVote(FIRST, FIRST, Optional.of(map))),
            new Send<>(at(OTHER), new Propose(FIRST, map))),
        proposed);

    assertEquals(List.of(), heard(node, new Endorsed(FIRST, OTHER.id())));
    assertEquals(List.of(new Persist<>(3, new Adopted(map))), on(node, new Persisted<>(2)));
    assertEquals(Optional.empty(), node.map());
    assertEquals(
        List.of(
            new Cancel<>(new InquiryDue()),
            new Announce<>(new Event.MapAdopted(1)),
            new Wake<>(new RoundDue(), FIRST_ROUND),
            new Send<>(at(OTHER), new Decided(map)),
            new Announce<>(new Event.LeaseHeld())),
        on(node, new Persisted<>(3)));
    assertEquals(Optional.of(map), node.map());
  }

  @Test
  void nothingIsAnsweredBeforeItIsDurable() {
    var node = follower(GenesisVote.NONE);
    var promised = new GenesisVote(THEIRS, MapBallot.ZERO, Optional.empty());
    assertEquals(List.of(new Persist<>(1, promised)), heard(node, new Inquire(THEIRS, OTHER)));
    assertEquals(List.of(), heard(node, new Inquire(THEIRS, OTHER)));
    var answer = new Send<>(PEER, unmappedAnswer(THEIRS, SELF));
    assertEquals(List.of(answer, answer), on(node, new Persisted<>(1)));

    var accepted = new GenesisVote(THEIRS, THEIRS, Optional.of(MAP));
    assertEquals(List.of(new Persist<>(2, accepted)), heard(node, new Propose(THEIRS, MAP)));
    var endorsed = new Send<>(PEER, new Endorsed(THEIRS, SELF.id()));
    assertEquals(List.of(endorsed), on(node, new Persisted<>(2)));
    assertEquals(List.of(endorsed), heard(node, new Propose(THEIRS, MAP)));
  }

  @Test
  void aLowerBallotIsToldTheHigherOne() {
    var node = follower(new GenesisVote(THEIRS, THEIRS, Optional.of(MAP)));
    var lower = new MapBallot(3, OTHER.id());
    var preempted = List.of(new Send<>(PEER, new Preempted(lower, THEIRS)));
    assertEquals(preempted, heard(node, new Inquire(lower, OTHER)));
    assertEquals(preempted, heard(node, new Propose(lower, MAP)));
  }

  @Test
  void aSeedThatPromisedNothingAcceptsNothing() {
    var node = follower(GenesisVote.NONE);
    assertEquals(List.of(), heard(node, new Propose(THEIRS, MAP)));
  }

  @Test
  void aNodeThatIsNoSeedPromisesNothing() {
    var node = unmapped();
    resolve(node, EARLIER, OTHER);
    assertEquals(List.of(), heard(node, new Inquire(THEIRS, OTHER)));
  }

  @Test
  void aRestartedSeedTriesAboveWhatItPromised() {
    var node = unmapped(new GenesisVote(THEIRS, MapBallot.ZERO, Optional.empty()));
    var next = new MapBallot(6, SELF.id());
    assertEquals(
        List.of(
            new Persist<>(1, new GenesisVote(next, MapBallot.ZERO, Optional.empty())),
            new Send<>(at(OTHER), new Inquire(next, SELF))),
        resolve(node, SELF, OTHER));
  }

  @Test
  void whoeverIsPreemptedLeavesTheLeadForAWhile() {
    var node = unmapped();
    resolve(node, SELF, OTHER);
    assertEquals(List.of(), heard(node, new Preempted(FIRST, THEIRS)));
    var wake = new Wake<MapMessage, MapAlarm, MapWrite>(new InquiryDue(), PERIOD);
    assertEquals(
        List.of(wake, new Send<>(at(OTHER), new Pull(0))), fired(node, new InquiryDue(), 1_100));
    assertEquals(
        new Send<>(at(OTHER), new Inquire(new MapBallot(6, SELF.id()), SELF)),
        fired(node, new InquiryDue(), 2_400).getLast());
  }

  @Test
  void withoutAMapAPullIsAnsweredByNothingKnown() {
    var node = unmapped();
    assertEquals(
        List.of(new Send<>(PEER, unmappedAnswer(MapBallot.ZERO, SELF))), heard(node, new Pull(0)));
  }

  @Test
  void aMapIsHandedToWhoeverLacksIt() {
    var node = mapped();
    assertEquals(
        List.of(
            new Announce<>(new Event.MapAdopted(1)),
            new Wake<>(new RoundDue(), FIRST_ROUND),
            new Announce<>(new Event.LeaseHeld())),
        on(node, new Told<>(new News.Started())));
    var handed = List.of(new Send<>(PEER, new Decided(MAP)));
    assertEquals(handed, heard(node, new Inquire(THEIRS, OTHER)));
    assertEquals(handed, heard(node, new Propose(THEIRS, FOUNDING.found(5, List.of(OTHER)))));
    assertEquals(handed, heard(node, new Pull(0)));
    assertEquals(List.of(), heard(node, new Pull(1)));
    assertEquals(List.of(), heard(node, new Endorsed(THEIRS, OTHER.id())));
  }

  @Test
  void aMapIsAdoptedOnlyIfItsEpochIsHigher() {
    var node = mapped();
    on(node, new Told<>(new News.Started()));
    assertEquals(List.of(), heard(node, new Decided(MAP)));
    var second = atEpoch(2, MAP);
    assertEquals(List.of(new Persist<>(1, new Adopted(second))), heard(node, new Decided(second)));
    assertEquals(List.of(), heard(node, new Decided(second)));
    assertEquals(1, node.epoch());
    assertEquals(List.of(new Announce<>(new Event.MapAdopted(2))), on(node, new Persisted<>(1)));
    assertEquals(Optional.of(second), node.map());
    assertEquals(List.of(), heard(node, new Decided(MAP)));
  }

  @Test
  void whoeverIsBehindIsHandedWhatHasChangedSince() {
    var node = mapped();
    on(node, new Told<>(new News.Started()));
    ClusterMap second = moving(MAP, 3);
    heard(node, new Decided(second));
    on(node, new Persisted<>(1));
    MapDelta delta = MapDelta.between(1, second).orElseThrow();
    assertEquals(List.of(3), List.copyOf(delta.changed().keySet()));
    assertEquals(List.of(new Send<>(PEER, new Advanced(delta))), heard(node, new Pull(1)));
    assertEquals(List.of(new Send<>(PEER, new Decided(second))), heard(node, new Pull(0)));
  }

  @Test
  void whatHasChangedIsAppliedToTheMapItIsMeantFor() {
    var node = mapped();
    on(node, new Told<>(new News.Started()));
    ClusterMap second = moving(MAP, 3);
    ClusterMap third = moving(second, 2);
    MapDelta tooLate = MapDelta.between(2, third).orElseThrow();
    assertEquals(
        List.of(new Send<>(PEER, new Pull(1)), new Wake<>(new PullDue(), Duration.ofMillis(500))),
        heard(node, new Advanced(tooLate)));
    MapDelta fitting = MapDelta.between(1, third).orElseThrow();
    assertEquals(List.of(new Persist<>(1, new Adopted(third))), heard(node, new Advanced(fitting)));
  }

  @Test
  void acrossAForcedCouncilTheWholeMapIsHanded() {
    ClusterMap forced = moving(MAP, 3).forced(1_002, MAP.council());
    assertEquals(Optional.empty(), MapDelta.between(2, forced));
    ClusterMap later = moving(forced, 2);
    assertEquals(Optional.empty(), MapDelta.between(3, later));
    assertEquals(later, MapDelta.between(1_002, later).orElseThrow().applied(forced).orElseThrow());
  }

  @Test
  void aDeltaOfPartitionsThatThereAreNotIsNothing() {
    ClusterMap second = moving(MAP, 3);
    var changed = new TreeMap<>(Map.of(4_096, second.replicaSet(3)));
    var delta = new MapDelta(77, 1, 2, MAP.members(), MAP.council(), changed, 0);
    assertEquals(Optional.empty(), delta.applied(MAP));
    assertEquals(Optional.empty(), MapDelta.between(1, second).orElseThrow().applied(second));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theMapOfAnotherClusterIsRefusedAtAnyEpoch(long epoch) {
    var node = mapped();
    var foreign = atEpoch(epoch, FOUNDING.found(78, List.of(SELF, OTHER)));
    assertEquals(
        List.of(new Announce<>(new Event.PacketRejected("foreign-map"))),
        heard(node, new Decided(foreign)));
    assertEquals(Optional.of(MAP), node.map());
  }

  @Test
  void aMapWhosePartsDoNotFitIsRefused() {
    var torn =
        new ClusterMap(
            77, 1, new Partitions(8), 3, 2, MAP.members(), MAP.council(), MAP.replicaSets());
    var node = unmapped();
    assertEquals(
        List.of(new Announce<>(new Event.PacketRejected("unsound-map"))),
        heard(node, new Decided(torn)));
  }

  @Test
  void aNewerEpochInAPacketIsPulledOnceAPeriod() {
    var node = mapped();
    var pull = new Send<MapMessage, MapAlarm, MapWrite>(PEER, new Pull(1));
    var wake = new Wake<MapMessage, MapAlarm, MapWrite>(new PullDue(), Duration.ofMillis(500));
    assertEquals(List.of(), heardOfEpoch(node, 1));
    assertEquals(List.of(pull, wake), heardOfEpoch(node, 2));
    assertEquals(List.of(), heardOfEpoch(node, 2));
    assertEquals(List.of(pull, wake), fired(node, new PullDue(), 500));
    assertEquals(List.of(), fired(node, new PullDue(), 1_000));
    assertEquals(List.of(pull, wake), heardOfEpoch(node, 2));
  }

  @Test
  void registersAndClientsAreNoneOfItsBusiness() {
    var node = mapped();
    assertThrows(Check.Broken.class, () -> on(node, new Fetched<>(1, Register.EMPTY)));
  }

  private static MapMember member(int number) {
    var address = new Address("10.0.0." + number, 7400);
    return MapMember.active(new NodeId(number), "node-" + number, "", 1, address);
  }

  private static Peer at(MapMember member) {
    return Peer.at(member.address());
  }

  private static Unmapped unmappedAnswer(MapBallot ballot, MapMember by) {
    return new Unmapped(ballot, by, MapBallot.ZERO, Optional.empty());
  }

  /// The map that follows, in which one partition has begun to move.
  private static ClusterMap moving(ClusterMap map, int partition) {
    var sets = new ArrayList<>(map.replicaSets());
    ReplicaSet set = sets.get(partition);
    sets.set(partition, set.moving(map.epoch() + 1, set.old().reversed()));
    return map.next(map.members(), map.council(), sets);
  }

  private static ClusterMap atEpoch(long epoch, ClusterMap map) {
    return new ClusterMap(
        map.clusterId(),
        epoch,
        map.partitions(),
        map.replication(),
        map.tokens(),
        map.members(),
        map.council(),
        map.replicaSets());
  }

  private static MapKeeper unmapped() {
    return unmapped(GenesisVote.NONE);
  }

  private static MapKeeper unmapped(GenesisVote vote) {
    return keeper(vote, Optional.empty());
  }

  private static MapKeeper mapped() {
    return keeper(GenesisVote.NONE, Optional.of(MAP));
  }

  private static MapKeeper keeper(GenesisVote vote, Optional<ClusterMap> map) {
    return new MapKeeper(
        SELF,
        FOUNDING,
        MapPolicy.DEFAULT,
        new Votes(vote, CouncilVote.NONE),
        map,
        Neighbourhood.of(SELF, OTHER),
        Rule.ALL,
        new SplittableRandom(1));
  }

  /// A seed that leaves the lead to one before it.
  private MapKeeper follower(GenesisVote vote) {
    var node = unmapped(vote);
    assertEquals(List.of(new Send<>(at(EARLIER), new Pull(0))), resolve(node, EARLIER, SELF));
    return node;
  }

  private List<Effect<MapMessage, MapAlarm, MapWrite>> resolve(MapKeeper node, MapMember... seeds) {
    var addresses = Stream.of(seeds).map(MapMember::address).toList();
    return on(node, new Told<>(new News.SeedsResolved(addresses)));
  }

  private List<Effect<MapMessage, MapAlarm, MapWrite>> heard(MapKeeper node, MapMessage message) {
    return on(node, new Heard<>(PEER, message));
  }

  private List<Effect<MapMessage, MapAlarm, MapWrite>> fired(
      MapKeeper node, MapAlarm alarm, long millis) {
    this.millis = millis;
    return on(node, new Fired<>(alarm, 0));
  }

  private List<Effect<MapMessage, MapAlarm, MapWrite>> heardOfEpoch(MapKeeper node, long epoch) {
    effects.clear();
    node.heardOfEpoch(PEER, epoch, now(), effects::add);
    return List.copyOf(effects);
  }

  private List<Effect<MapMessage, MapAlarm, MapWrite>> on(
      MapKeeper node, Input<MapMessage, MapAlarm> input) {
    effects.clear();
    node.on(input, now(), effects::add);
    return List.copyOf(effects);
  }

  private Now now() {
    return new Now(millis * 1_000_000, millis);
  }
}
