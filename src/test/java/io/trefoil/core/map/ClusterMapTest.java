package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.core.ring.Ring;
import io.trefoil.core.ring.Server;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterMapTest {

  private static final Partitions PARTITIONS = new Partitions(64);
  private static final NodeId STRANGER = new NodeId(-7);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 101})
  void everyMemberIsFoundAndNobodyElse(int count) {
    var members = members(count);
    var map = founded(members);
    for (var member : members) {
      assertEquals(Optional.of(member), map.member(member.id()));
    }
    assertEquals(Optional.empty(), map.member(STRANGER));
    assertEquals(Optional.empty(), map.member(NodeId.NONE));
  }

  @Test
  void theFirstMapFollowsTheRing() {
    var members = members(7);
    var servers = members.stream().map(m -> new Server(m.id(), m.zone(), m.weight())).toList();
    var expected = new Ring(servers, PARTITIONS, 16).replicas(3);
    var sets = founded(members).replicaSets();
    assertEquals(expected, sets.stream().map(ReplicaSet::old).toList());
    assertEquals(expected, sets.stream().map(ReplicaSet::target).toList());
  }

  @Test
  void theOrderInWhichSeedsAreListedDoesNotMatter() {
    var members = members(7);
    var shuffled = new ArrayList<>(members);
    Collections.shuffle(shuffled, new Random(1));
    assertEquals(founded(members), founded(shuffled));
  }

  @Test
  void equalReplicaSetsAreOneObject() {
    var sets = founded(members(1)).replicaSets();
    assertTrue(sets.stream().allMatch(set -> set == sets.getFirst()));
    assertSame(sets.getFirst().old(), sets.getFirst().target());
  }

  @Test
  void aMapWhosePartsDoNotFitIsUnsound() {
    var map = founded(members(3));
    var twice = new ArrayList<>(map.members());
    twice.add(map.members().getFirst());
    var strange = new ArrayList<>(map.replicaSets());
    strange.set(5, ReplicaSet.stable(1, List.of(STRANGER)));
    var empty = new ArrayList<>(map.replicaSets());
    empty.set(5, ReplicaSet.stable(1, List.of()));
    var few = map.replicaSets().subList(1, 64);
    assertTrue(map.isSound());
    assertFalse(with(map, twice, map.council(), map.replicaSets()).isSound());
    assertFalse(with(map, map.members(), List.of(STRANGER), map.replicaSets()).isSound());
    assertFalse(with(map, map.members(), List.of(), map.replicaSets()).isSound());
    assertFalse(with(map, map.members(), map.council(), strange).isSound());
    assertFalse(with(map, map.members(), map.council(), empty).isSound());
    assertFalse(with(map, map.members(), map.council(), few).isSound());
  }

  @Test
  void countsBelowOneAreRefused() {
    assertThrows(Check.Broken.class, () -> new Founding(0, PARTITIONS, 3, 1));
    assertThrows(Check.Broken.class, () -> new Founding(1, PARTITIONS, 0, 1));
    assertThrows(Check.Broken.class, () -> new Founding(1, PARTITIONS, 3, 0));
  }

  private static ClusterMap with(
      ClusterMap map, List<MapMember> members, List<NodeId> council, List<ReplicaSet> sets) {
    return new ClusterMap(
        map.clusterId(),
        1,
        map.partitions(),
        map.replication(),
        map.tokens(),
        members,
        council,
        sets);
  }

  private static ClusterMap founded(List<MapMember> members) {
    return new Founding(members.size(), PARTITIONS, 3, 16).found(9, members);
  }

  private static List<MapMember> members(int count) {
    var random = new Random(count);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                MapMember.active(
                    new NodeId(random.nextLong()),
                    "node-" + i,
                    "",
                    1,
                    new Address("10.0.0.1", 7000 + i)))
        .toList();
  }
}
