package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Stored;
import io.trefoil.core.ring.Token;
import java.util.Arrays;
import java.util.List;

/// What a copy of a partition holds, in 64 numbers: keys fall into buckets by their hash, and each
/// bucket has the sum of a hash of key and accepted ballot over its registers. Sums do not depend
/// on the order, and two copies of which one lacks something differ in that bucket, unless by a
/// chance of one in 2^64.
///
/// Tombstones count like values: a copy that lacks one may hold the value that it deleted
/// (docs/decisions/0012). Registers that accepted nothing do not count.
public final class BucketSums {

  /// How many buckets there are: as many as a `long` has bits.
  public static final int BUCKETS = 64;

  /// The sums of nothing.
  public static final BucketSums EMPTY = new BucketSums(new long[BUCKETS]);

  private final long[] sums;

  private BucketSums(long[] sums) {
    this.sums = sums;
  }

  /// The sums with these numbers, one for each bucket.
  public static BucketSums of(List<Long> sums) {
    Check.that(sums.size() == BUCKETS, "there is one sum for each bucket");
    return new BucketSums(sums.stream().mapToLong(Long::longValue).toArray());
  }

  /// The bucket of a key, 0 to 63. The partition is taken from the highest bits of the same hash,
  /// the bucket from the lowest.
  public static int bucket(Key key) {
    return bucket(Token.of(key));
  }

  /// These sums and some registers more.
  public BucketSums plus(List<Stored> registers) {
    long[] more = sums.clone();
    for (Stored each : registers) {
      if (each.register().record().isPresent()) {
        long token = Token.of(each.key());
        more[bucket(token)] += hash(token, each.register().accepted());
      }
    }
    return new BucketSums(more);
  }

  /// The buckets in which two copies differ, one bit each.
  public long differing(BucketSums other) {
    long mask = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (sums[bucket] != other.sums[bucket]) {
        mask |= 1L << bucket;
      }
    }
    return mask;
  }

  /// The numbers, one for each bucket.
  public List<Long> list() {
    return Arrays.stream(sums).boxed().toList();
  }

  private static int bucket(long token) {
    return (int) (token & (BUCKETS - 1));
  }

  private static long hash(long token, Ballot ballot) {
    long hash = mix(token ^ ballot.epoch());
    hash = mix(hash ^ ballot.at().bits());
    hash = mix(hash ^ ballot.node().bits());
    return mix(hash ^ ballot.draw());
  }

  /// Spreads every bit over all: the finalizer of splitmix64 (Steele, Lea, Flood, 2014).
  private static long mix(long bits) {
    long mixed = bits + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BucketSums same && Arrays.equals(sums, same.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return "sums " + Integer.toHexString(hashCode());
  }
}
