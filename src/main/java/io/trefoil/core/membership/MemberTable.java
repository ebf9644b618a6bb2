package io.trefoil.core.membership;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// What one node holds about every member, itself included.
///
/// The claims lie in four regions of one array, and a member changes region by being swapped over
/// the borders between:
///
/// | region | who |
/// | --- | --- |
/// | self | this node |
/// | live | alive, restarting or suspect |
/// | gone | dead or left |
/// | fading | gone since the last sweep or longer: the next sweep forgets them |
final class MemberTable {

  private static final int SELF = 0;
  private static final int LIVE = 1;
  private static final int GONE = 2;
  private static final int FADING = 3;

  private final ClaimStore store = new ClaimStore();
  private final int[] ends = new int[FADING + 1];
  private final int[] sums = new int[Digest.BUCKETS];
  private final List<NodeId> changed = new ArrayList<>();
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
    boolean live = slot >= 0 && slot < ends[LIVE];
    if (slot != 0 && live == isGone(claim.state())) {
      changed.add(claim.subject());
    }
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
    return ends[LIVE] - ends[SELF];
  }

  /// Which members besides this node became live or gone since the last call, in that order, some
  /// more than once.
  List<NodeId> takeChanged() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<NodeId> taken = List.copyOf(changed);
    changed.clear();
    return taken;
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
    int gone = ends[FADING] - ends[LIVE];
    for (int tries = 0; tries < 8 && gone > 0; tries++) {
      Claim candidate = store.at(ends[LIVE] + random.nextInt(gone));
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
    ends[GONE] = ends[LIVE];
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
    return isGone(claim.state()) ? Math.max(GONE, now == FADING ? FADING : GONE) : LIVE;
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
