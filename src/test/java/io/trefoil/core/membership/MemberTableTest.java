package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.accused;
import static io.trefoil.core.membership.OneNode.alive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTableTest {

  private final SplittableRandom random = new SplittableRandom(7);
  private final MemberTable table = new MemberTable(alive(1, 0));

  @Test
  void aloneThereIsNobodyToChoose() {
    assertTrue(table.sample(3, _ -> true, random).isEmpty());
    assertNull(table.anyDead(random));
  }

  @Test
  void goneMembersAreForgottenBetweenTheFirstAndTheSecondSweep() {
    fill(5);
    table.put(accused(3, 0, MemberState.DEAD, 1));
    table.sweep();
    assertEquals(MemberState.DEAD, table.get(new NodeId(3)).state());
    table.put(accused(4, 0, MemberState.DEAD, 1));

    table.sweep();

    assertNull(table.get(new NodeId(3)));
    assertEquals(1, table.dead());
    assertEquals(2, table.live());
  }

  @Test
  void tablesWithTheSameClaimsHaveTheSameDigestWhateverTheirOrder() {
    MemberTable other = new MemberTable(alive(30, 0));
    fill(30);
    for (int n = 29; n >= 1; n--) {
      other.put(alive(n, n));
      other.put(alive(n, 0).subject().bits() == 1 ? alive(1, 0) : alive(n, 0));
    }

    assertEquals(table.digest(), other.digest());
    other.put(alive(17, 5));
    assertEquals(List.of(ClaimStore.bucketOf(new NodeId(17))), table.differing(other.digest()));
  }

  @Test
  void goneMembersAreNoPartOfTheDigest() {
    fill(3);
    Digest before = table.digest();
    table.put(alive(4, 0));
    table.put(accused(4, 0, MemberState.DEAD, 1));

    assertEquals(before, table.digest());
  }

  @Test
  void bucketsThatDoNotExistHoldNothing() {
    fill(3);
    assertTrue(table.inBuckets(List.of(-1, 256, 1_000_000)).isEmpty());
  }

  @Test
  void itTellsWhoBecameLiveOrGoneAndNobodyElse() {
    fill(3);
    assertEquals(List.of(new NodeId(2), new NodeId(3)), table.takeChanged());
    table.put(alive(2, 1));
    table.put(accused(2, 1, MemberState.SUSPECT, 3));
    table.put(accused(9, 0, MemberState.DEAD, 3));
    table.put(alive(1, 1));
    table.put(accused(1, 1, MemberState.LEFT, 1));
    assertEquals(List.of(), table.takeChanged());
    table.put(accused(2, 1, MemberState.DEAD, 3));
    table.put(alive(2, 2));
    table.put(alive(4, 0));
    assertEquals(List.of(new NodeId(2), new NodeId(2), new NodeId(4)), table.takeChanged());
    assertEquals(List.of(), table.takeChanged());
  }

  /// Random changes, each followed by a comparison with a plain map.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void tableAgreesWithAPlainMap(long seed) {
    SplittableRandom draw = new SplittableRandom(seed);
    TreeMap<NodeId, Claim> plain = new TreeMap<>();
    plain.put(new NodeId(1), alive(1, 0));
    MemberState[] states = MemberState.values();
    for (int step = 0; step < 3_000; step++) {
      int number = 2 + draw.nextInt(400);
      Claim claim = OneNode.claim(number, 1, draw.nextInt(9), states[draw.nextInt(states.length)]);
      plain.put(claim.subject(), claim);
      table.put(claim);
    }

    assertEquals(List.copyOf(plain.values()), sorted(table.all()));
    assertEquals(count(plain, MemberState.DEAD), table.dead());
    long gone = count(plain, MemberState.DEAD) + count(plain, MemberState.LEFT);
    assertEquals(plain.size() - 1 - gone, table.live());
    List<Integer> buckets = IntStream.range(0, Digest.BUCKETS).boxed().toList();
    assertEquals(sorted(table.all()), sorted(table.inBuckets(buckets)));
  }

  private static long count(TreeMap<NodeId, Claim> plain, MemberState state) {
    return plain.values().stream().filter(c -> c.state() == state).count();
  }

  private static boolean isLive(Claim claim) {
    return !MemberTable.isGone(claim.state());
  }

  private static List<Claim> sorted(List<Claim> claims) {
    return claims.stream().sorted(Comparator.comparing(Claim::subject)).toList();
  }

  private void fill(int n) {
    for (int i = 2; i <= n; i++) {
      table.put(alive(i, 0));
    }
  }
}
