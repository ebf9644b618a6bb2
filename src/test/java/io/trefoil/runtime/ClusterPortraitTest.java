package io.trefoil.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.Summary;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Holding;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Stock;
import io.trefoil.core.model.Version;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.core.ring.Token;
import io.trefoil.runtime.ClusterPortrait.Council;
import io.trefoil.runtime.ClusterView.Member;
import io.trefoil.runtime.ClusterView.PartitionCounts;
import io.trefoil.runtime.ClusterView.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClusterPortraitTest {

  private static final NodeId A = new NodeId(1);
  private static final NodeId B = new NodeId(2);
  private static final NodeId C = new NodeId(3);
  private static final NodeId D = new NodeId(4);

  @Test
  void withoutAMapThereAreOnlyMembers() {
    ClusterView view =
        new ClusterPortrait(Optional.empty(), List.of(claim(A, MemberState.ALIVE)))
            .draw("orchard", A, 3, List.of(7), Council.SILENT);

    assertEquals(
        new ClusterView(
            "orchard",
            Optional.empty(),
            0,
            false,
            List.of(),
            Optional.empty(),
            PartitionCounts.NONE,
            0,
            List.of(7),
            List.of(
                new Member(
                    "n1",
                    A,
                    Optional.empty(),
                    Optional.of(MemberState.ALIVE),
                    "h1:8080",
                    "h1:7400",
                    "z",
                    1,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    5,
                    Optional.of(3L)))),
        view);
  }

  @Test
  void allAliveIsStableAndFullyReplicated() {
    ClusterView view = view(MemberState.ALIVE, MemberState.ALIVE, MemberState.ALIVE);

    assertFalse(view.stable());
    assertEquals(new PartitionCounts(2, 2, 0, 0, 0, 0), view.partitions());
    assertEquals("00000000000000ff", view.id().orElseThrow());
  }

  @Test
  void oneSuspectLeavesPartitionsUnderReplicated() {
    ClusterView view = view(MemberState.ALIVE, MemberState.ALIVE, MemberState.SUSPECT);

    assertFalse(view.stable());
    assertEquals(new PartitionCounts(2, 0, 0, 2, 0, 0), view.partitions());
  }

  @Test
  void twoDeadLeavePartitionsUnavailable() {
    ClusterView view = view(MemberState.ALIVE, MemberState.DEAD, MemberState.LEFT);

    assertEquals(new PartitionCounts(2, 0, 0, 0, 2, 0), view.partitions());
  }

  @Test
  void whatTheCouncilSaysOfThisMapIsBelieved() {
    var portrait =
        new ClusterPortrait(
            Optional.of(map(stable())),
            claims(MemberState.ALIVE, MemberState.ALIVE, MemberState.ALIVE));
    Council open = new Council(new Summary(1, 2, 1, 0, 1, 0, 0), Optional.of(B), List.of());
    Council whole = new Council(new Summary(1, 2, 2, 0, 0, 0, 0), Optional.of(B), List.of());
    Council early = new Council(new Summary(9, 2, 2, 0, 0, 0, 0), Optional.of(B), List.of());

    ClusterView view = portrait.draw("orchard", A, 0, List.of(), open);
    assertEquals(new PartitionCounts(2, 1, 0, 1, 0, 0), view.partitions());
    assertEquals(Optional.of(B), view.steward());
    assertFalse(view.stable());
    assertTrue(portrait.draw("orchard", A, 0, List.of(), whole).stable());
    assertFalse(portrait.draw("orchard", A, 0, List.of(), early).stable());
  }

  @Test
  void movingPartitionNeedsBothMajorities() {
    ReplicaSet moving = ReplicaSet.stable(1, List.of(A, B, C)).moving(2, List.of(A, B, D));
    ClusterMap map = map(List.of(moving, moving));
    ClusterView view =
        new ClusterPortrait(
                Optional.of(map), claims(MemberState.ALIVE, MemberState.ALIVE, MemberState.DEAD))
            .draw("orchard", A, 0, List.of(), Council.SILENT);

    assertFalse(view.stable());
    assertEquals(new PartitionCounts(2, 0, 2, 2, 0, 0), view.partitions());
  }

  @Test
  void memberThatMembershipNeverHeardOfIsListedFromTheMap() {
    ClusterView view =
        new ClusterPortrait(Optional.of(map(stable())), List.of(claim(A, MemberState.ALIVE)))
            .draw("orchard", A, 0, List.of(), Council.SILENT);

    Member silent = view.members().get(1);
    assertEquals(B, silent.id());
    assertEquals(Optional.empty(), silent.state());
    assertEquals("h2:7400", silent.peer());
    assertEquals(2, silent.replicas());
    assertEquals(1, silent.primaries());
    assertEquals(Optional.empty(), silent.clockOffsetMs());
  }

  @Test
  void membersKeepWhatTheyToldTheCouncilAndStandAsTheMapSays() {
    ClusterMap map = map(stable());
    List<MapMember> members =
        List.of(
            map.members().get(0),
            map.members().get(1).with(MapMember.Standing.LEAVING),
            map.members().get(2).with(MapMember.Standing.EVICTED));
    Council told =
        new Council(Summary.NONE, Optional.of(A), List.of(new Stock(B, 3, 40), new Stock(D, 9, 9)));
    ClusterView view =
        new ClusterPortrait(
                Optional.of(map.next(members, map.council(), stable())),
                claims(MemberState.ALIVE, MemberState.ALIVE, MemberState.DEAD))
            .draw("orchard", A, 0, List.of(), told);

    assertEquals(
        List.of(Standing.ACTIVE, Standing.DRAINING, Standing.GONE),
        view.members().stream().map(member -> member.standing().orElseThrow()).toList());
    assertEquals(
        List.of(Optional.empty(), Optional.of(3L), Optional.empty()),
        view.members().stream().map(Member::keys).toList());
    assertEquals(Optional.of(40L), view.members().get(1).bytes());
  }

  @Test
  void keyShowsWhatEachVoterSaidAndWhoWasSilent() {
    Key key = new Key("apple");
    Ballot ballot = new Ballot(1, HybridTimestamp.ofMillis(1), A, 1);
    Version version = new Version(ballot);
    Outcome inspected =
        new Outcome.Inspected(
            List.of(
                new Holding(A, ballot, Optional.of(Record.tombstone(version))),
                new Holding(B, Ballot.ZERO, Optional.empty())));
    ClusterMap map = map(stable());
    ClusterPortrait portrait =
        new ClusterPortrait(
            Optional.of(map), claims(MemberState.ALIVE, MemberState.ALIVE, MemberState.DEAD));

    KeyView view =
        KeyPortrait.draw(key, Optional.of(map), portrait, inspected, Optional.of(List.of(A, B)));

    assertEquals(Token.of(key), view.token());
    assertEquals(map.partitions().of(key), view.partition());
    KeyView.Replica a =
        new KeyView.Replica(
            A, "n1", true, Optional.of(ballot), Optional.of(version), Optional.of(true), true);
    KeyView.Replica b =
        new KeyView.Replica(
            B, "n2", true, Optional.of(Ballot.ZERO), Optional.empty(), Optional.of(true), false);
    KeyView.Replica c =
        new KeyView.Replica(
            C, "n3", false, Optional.empty(), Optional.empty(), Optional.of(false), false);
    assertEquals(List.of(a, b, c), inOrderOfId(view.replicas()));
  }

  private static List<KeyView.Replica> inOrderOfId(List<KeyView.Replica> replicas) {
    return replicas.stream().sorted((x, y) -> x.id().compareTo(y.id())).toList();
  }

  private static ClusterView view(MemberState a, MemberState b, MemberState c) {
    return new ClusterPortrait(Optional.of(map(stable())), claims(a, b, c))
        .draw("orchard", A, 0, List.of(), Council.SILENT);
  }

  private static List<ReplicaSet> stable() {
    return List.of(ReplicaSet.stable(1, List.of(A, B, C)), ReplicaSet.stable(1, List.of(B, C, A)));
  }

  private static ClusterMap map(List<ReplicaSet> sets) {
    List<MapMember> members =
        LongStream.rangeClosed(1, 3)
            .mapToObj(n -> MapMember.active(new NodeId(n), "n" + n, "z", 1, address(n)))
            .toList();
    return new ClusterMap(255, 1, new Partitions(2), 3, 1, members, List.of(A, B, C), sets);
  }

  private static List<Claim> claims(MemberState a, MemberState b, MemberState c) {
    return List.of(claim(A, a), claim(B, b), claim(C, c));
  }

  private static Claim claim(NodeId node, MemberState state) {
    long n = node.bits();
    Profile profile = new Profile("n" + n, address(n), "z", 1, "h" + n + ":8080", 1, 5, 0);
    return new Claim(node, 1, 0, state, node, Duration.ZERO, profile);
  }

  private static Address address(long n) {
    return new Address("h" + n, 7400);
  }
}
