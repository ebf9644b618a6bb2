package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Claims in a dense array, found by subject through an open hash index.
///
/// A cluster of ten thousand simulated nodes holds a hundred million entries, so an entry is a
/// reference to a claim that all nodes share and about two `int`s, nothing else. The index is
/// ordered by the high bits of the hash: the claims of one [Digest] bucket lie side by side and are
/// found without looking at the others.
final class ClaimStore {

  private static final int BUCKET_BITS = 8;

  private Claim[] claims = new Claim[16];
  private int size;
  private int[] index = new int[Digest.BUCKETS];
  private int indexBits = BUCKET_BITS;

  /// The digest bucket that claims about a subject belong to.
  static int bucketOf(NodeId subject) {
    return (int) (mix(subject.bits()) >>> Long.SIZE - BUCKET_BITS);
  }

  /// Spreads all 64 bits over all 64 (the finalizer of murmur3).
  static long mix(long bits) {
    long h = bits;
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }

  int size() {
    return size;
  }

  Claim at(int slot) {
    return claims[slot];
  }

  /// Where the claim about a subject is; -1 if there is none.
  int slotOf(NodeId subject) {
    return index[positionOf(subject)] - 1;
  }

  /// Adds a claim about a subject that has none.
  ///
  /// @return its slot, the last
  int append(Claim claim) {
    if (size == claims.length) {
      claims = Arrays.copyOf(claims, size * 2);
    }
    claims[size++] = claim;
    if (size > index.length / 4 * 3) {
      indexBits++;
      index = new int[1 << indexBits];
      reindex();
    } else {
      index[positionOf(claim.subject())] = size;
    }
    return size - 1;
  }

  /// Puts another claim about the same subject into a slot.
  void replace(int slot, Claim claim) {
    claims[slot] = claim;
  }

  /// Exchanges two slots.
  void swap(int a, int b) {
    if (a == b) {
      return;
    }
    int positionOfA = positionOf(claims[a].subject());
    int positionOfB = positionOf(claims[b].subject());
    Claim claim = claims[a];
    claims[a] = claims[b];
    claims[b] = claim;
    index[positionOfA] = b + 1;
    index[positionOfB] = a + 1;
  }

  /// Forgets all slots from one on. Takes time in proportion to all that is kept.
  void truncate(int newSize) {
    Arrays.fill(claims, newSize, size, null);
    size = newSize;
    Arrays.fill(index, 0);
    reindex();
  }

  /// The claims about the subjects of one bucket.
  List<Claim> inBucket(int bucket) {
    List<Claim> found = new ArrayList<>();
    int width = 1 << indexBits - BUCKET_BITS;
    int start = bucket * width;
    int mask = index.length - 1;
    for (int i = 0; i < width || index[start + i & mask] != 0; i++) {
      int entry = index[start + i & mask];
      if (entry != 0 && bucketOf(claims[entry - 1].subject()) == bucket) {
        found.add(claims[entry - 1]);
      }
    }
    return found;
  }

  private void reindex() {
    for (int slot = 0; slot < size; slot++) {
      index[positionOf(claims[slot].subject())] = slot + 1;
    }
  }

  /// Where in the index a subject is, or would be.
  private int positionOf(NodeId subject) {
    int mask = index.length - 1;
    int position = (int) (mix(subject.bits()) >>> Long.SIZE - indexBits);
    while (index[position] != 0 && !isAbout(claims[index[position] - 1], subject)) {
      position = position + 1 & mask;
    }
    return position;
  }

  /// Most ids come out of claims: to see that two are the same object spares reading either.
  private static boolean isAbout(Claim claim, NodeId subject) {
    return claim.subject() == subject || claim.subject().equals(subject);
  }
}
