package io.trefoil.core.membership;

import java.util.BitSet;
import java.util.function.Predicate;

/// Claims in order of rank, then of how often they were sent, then of waiting. Each combination has
/// a list of its own, so that every operation takes the same time however many claims wait: when a
/// large cluster starts, most of a node's work is done here.
final class RumourQueue {

  /// How many ranks there are, 0 the first to go.
  static final int RANKS = 4;

  /// Beyond so many sends, order is by waiting alone.
  private static final int STEPS = 128;

  private final Slot[] firsts = new Slot[RANKS * STEPS];
  private final Slot[] lasts = new Slot[RANKS * STEPS];
  private final BitSet occupied = new BitSet(RANKS * STEPS);

  /// A claim that waits.
  static final class Slot {
    final Claim claim;
    final int rank;
    final int bytes;
    int sent;
    private Slot before;
    private Slot after;

    Slot(Claim claim, int rank) {
      this.claim = claim;
      this.rank = rank;
      this.bytes = claim.encodedBytes();
    }

    private int level() {
      return rank * STEPS + Math.min(sent, STEPS - 1);
    }
  }

  /// Lines a slot up behind its equals.
  void append(Slot slot) {
    int level = slot.level();
    slot.before = lasts[level];
    slot.after = null;
    if (slot.before == null) {
      firsts[level] = slot;
      occupied.set(level);
    } else {
      slot.before.after = slot;
    }
    lasts[level] = slot;
  }

  /// Takes a slot out. To be called before `sent` changes.
  void remove(Slot slot) {
    int level = slot.level();
    if (slot.before == null) {
      firsts[level] = slot.after;
    } else {
      slot.before.after = slot.after;
    }
    if (slot.after == null) {
      lasts[level] = slot.before;
    } else {
      slot.after.before = slot.before;
    }
    if (firsts[level] == null) {
      occupied.clear(level);
    }
  }

  /// Shows the slots in order until the visitor says no.
  void visit(Predicate<Slot> wantsMore) {
    for (int level = occupied.nextSetBit(0); level >= 0; level = occupied.nextSetBit(level + 1)) {
      for (Slot slot = firsts[level]; slot != null; slot = slot.after) {
        if (!wantsMore.test(slot)) {
          return;
        }
      }
    }
  }

  /// The slot that goes last of all; null if none waits.
  Slot last() {
    return occupied.isEmpty() ? null : lasts[occupied.length() - 1];
  }
}
