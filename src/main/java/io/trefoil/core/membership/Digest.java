package io.trefoil.core.membership;

import java.util.Arrays;

/// A summary of one node's view of the members that are not gone: 256 sums of 32 bits, a kibibyte,
/// so that it travels in one datagram. Two nodes that hold the same claims have the same sums.
///
/// @param sums one for each bucket, as many as [#BUCKETS]
public record Digest(int[] sums) {

  /// How many sums there are.
  public static final int BUCKETS = 256;

  /// Keeps a copy.
  ///
  /// @throws IllegalArgumentException if there are not exactly [#BUCKETS] sums
  public Digest {
    if (sums.length != BUCKETS) {
      throw new IllegalArgumentException(
          "a digest has " + BUCKETS + " sums, this one has " + sums.length);
    }
    sums = sums.clone();
  }

  /// A copy.
  @Override
  public int[] sums() {
    return sums.clone();
  }

  /// The sum of one bucket.
  public int sum(int bucket) {
    return sums[bucket];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest(int[] theirs) && Arrays.equals(sums, theirs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return "Digest[%08x]".formatted(hashCode());
  }
}
