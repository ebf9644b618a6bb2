package io.trefoil.core.membership;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// What one node holds about every member, itself included, and whose turn it is to be probed.
///
/// The claims lie in five regions of one array, and a member changes region by being swapped over
/// the borders between:
///
/// | region | who |
/// | --- | --- |
/// | self | this node |
/// | probed | live members that had their turn in this round |
/// | due | live members still to be probed in this round |
/// | gone | dead or left |
/// | fading | gone since the last sweep or longer: the next sweep forgets them |
///
/// The next target is drawn at random from those due: the same as walking a shuffled list that
/// newcomers enter at a random place (SWIM §4.3), without shuffling anything. Every member is
/// probed once a round, so at most 2N-1 periods lie between two probes of it.
final class MemberTable {

  private static final int SELF = 0;
  private static final int PROBED = 1;
  private static final int DUE = 2;
  private static final int GONE = 3;
  private static final int FADING = 4;

  private final ClaimStore store = new ClaimStore();
  private final int[] ends = new int[FADING + 1];
  private final int[] sums = new int[Digest.BUCKETS];
  private int dead;

  /// A table of one.
  MemberTable(Claim self) {
    store.append(self);
    Arrays.fill(ends, 1);
    tally(self, 1);
  }

  /// Whether a state means that the member is no longer counted.
  static boolean isGone(MemberState state) {
    return state == MemberState.DEAD || state == MemberState.LEFT;
  }

  /// What is held about a node; null if nothing is.
  Claim get(NodeId subject) {
    int slot = store.slotOf(subject);
    return slot < 0 ? null : store.at(slot);
  }

  /// Whether a node is held to be alive, restarting or suspect.
  boolean isLive(NodeId subject) {
    Claim held = get(subject);
    return held != null && !isGone(held.state());
  }

  /// Holds a claim, whatever was held about its subject before.
  void put(Claim claim) {
    int slot = store.slotOf(claim.subject());
    if (slot < 0) {
      slot = store.append(claim);
      ends[FADING]++;
    } else {
      tally(store.at(slot), -1);
      store.replace(slot, claim);
    }
    tally(claim, 1);
    int from = regionOf(slot);
    move(slot, from, regionFor(claim, from));
  }

  /// How many members besides this node are not gone.
  int live() {
    return ends[DUE] - ends[SELF];
  }

  /// How many members are held dead and not forgotten.
  int dead() {
    return dead;
  }

  /// Everything held, in no meaningful order.
  List<Claim> all() {
    List<Claim> all = new ArrayList<>(store.size());
    for (int slot = 0; slot < store.size(); slot++) {
      all.add(store.at(slot));
    }
    return all;
  }

  /// The next member to probe; null if there is none. Opens a new round when all had their turn.
  Claim nextTarget(RandomGenerator random) {
    if (ends[DUE] == ends[PROBED]) {
      ends[PROBED] = ends[SELF];
    }
    int due = ends[DUE] - ends[PROBED];
    if (due == 0) {
      return null;
    }
    int slot = ends[PROBED] + random.nextInt(due);
    Claim target = store.at(slot);
    move(slot, DUE, PROBED);
    return target;
  }

  /// Different live members that fit, chosen at random.
  ///
  /// @param count how many at most; fewer may be found although more fit, when few of many do
  List<Claim> sample(int count, Predicate<Claim> fits, RandomGenerator random) {
    List<Claim> chosen = new ArrayList<>(count);
    int live = live();
    if (live == 0) {
      return chosen;
    }
    boolean few = live <= 3 * count;
    int first = random.nextInt(live);
    for (int tries = 0; tries < (few ? live : 4 * count) && chosen.size() < count; tries++) {
      int offset = few ? (first + tries) % live : random.nextInt(live);
      Claim candidate = store.at(ends[SELF] + offset);
      if (fits.test(candidate) && !chosen.contains(candidate)) {
        chosen.add(candidate);
      }
    }
    return chosen;
  }

  /// A member held dead, chosen at random; null if the few tries meet none.
  Claim anyDead(RandomGenerator random) {
    int gone = ends[FADING] - ends[DUE];
    for (int tries = 0; tries < 8 && gone > 0; tries++) {
      Claim candidate = store.at(ends[DUE] + random.nextInt(gone));
      if (candidate.state() == MemberState.DEAD) {
        return candidate;
      }
    }
    return null;
  }

  /// Forgets who was gone at the last sweep already.
  void sweep() {
    for (int slot = ends[GONE]; slot < ends[FADING]; slot++) {
      tally(store.at(slot), -1);
    }
    if (ends[GONE] < ends[FADING]) {
      store.truncate(ends[GONE]);
    }
    ends[FADING] = ends[GONE];
    ends[GONE] = ends[DUE];
  }

  /// A summary of what is held about members not gone; kept up with every change.
  Digest digest() {
    return new Digest(sums);
  }

  /// The numbers of the buckets in which the other digest differs, increasing.
  List<Integer> differing(Digest other) {
    List<Integer> buckets = new ArrayList<>();
    for (int bucket = 0; bucket < sums.length; bucket++) {
      if (sums[bucket] != other.sum(bucket)) {
        buckets.add(bucket);
      }
    }
    return buckets;
  }

  /// Everything held about the subjects of some buckets, gone members too.
  List<Claim> inBuckets(List<Integer> buckets) {
    List<Claim> claims = new ArrayList<>();
    for (int bucket : buckets) {
      if (bucket < 0 || bucket >= Digest.BUCKETS) {
        continue; // A peer's mistake must not stop this node.
      }
      claims.addAll(store.inBucket(bucket));
    }
    return claims;
  }

  private int regionOf(int slot) {
    int region = SELF;
    while (slot >= ends[region]) {
      region++;
    }
    return region;
  }

  private static int regionFor(Claim claim, int now) {
    if (now == SELF) {
      return SELF;
    }
    return isGone(claim.state())
        ? Math.max(GONE, now == FADING ? FADING : GONE)
        : Math.min(DUE, now);
  }

  private void move(int slot, int from, int to) {
    int at = slot;
    for (int region = from; region < to; region++) {
      int last = --ends[region];
      store.swap(at, last);
      at = last;
    }
    for (int region = from; region > to; region--) {
      int first = ends[region - 1]++;
      store.swap(at, first);
      at = first;
    }
  }

  private void tally(Claim claim, int sign) {
    if (!isGone(claim.state())) {
      sums[ClaimStore.bucketOf(claim.subject())] += sign * fingerprint(claim);
    } else if (claim.state() == MemberState.DEAD) {
      dead += sign;
    }
  }

  private static int fingerprint(Claim claim) {
    long evidence = claim.run() * 31 + claim.incarnation() * 8 + claim.state().ordinal();
    return (int) ClaimStore.mix(claim.subject().bits() ^ ClaimStore.mix(evidence));
  }
}
