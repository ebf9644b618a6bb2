package io.trefoil.core.membership;

import io.trefoil.core.membership.RumourQueue.Slot;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What this node still has to spread: one slot for each subject, the newest claim wins it. Own
/// claims go first, then dead and left, then suspect and restarting, and what denies any of these,
/// then alive; among equals the least sent. A claim is dropped when it was sent often enough.
///
/// Were denials told behind accusations, as other alive claims are, nobody would hear one while
/// there are many accusations to tell, and all whom they are about would be condemned.
///
/// Hearing an alive claim told by others counts as having sent it three times. When a thousand
/// nodes start together, everybody spreads a thousand claims that most know already; so each is
/// sent about a quarter as often, c = 1.25*log2(N) times, which misses a share of exp(-c) = N^-1.8
/// of the members: less than one, and comparison finds that one. Accusations are spread in full.
///
/// When too many claims wait, the least important and most sent of them is left to comparison.
final class Rumours {

  private static final int OWN_RANK = 0;
  private static final int GONE_RANK = 1;
  private static final int DOUBTFUL_RANK = 2;
  private static final int ALIVE_RANK = 3;
  private static final int HEARD_COUNTS = 3;
  private static final int MOST = 2_048;
  private static final int SMALLEST_CLAIM = 112;

  private final NodeId self;
  private final Map<NodeId, Slot> slots = new LinkedHashMap<>();
  private final RumourQueue queue = new RumourQueue();

  Rumours(NodeId self) {
    this.self = self;
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  int size() {
    return slots.size();
  }

  /// Spreads a claim, instead of the older one about its subject.
  void add(Claim claim) {
    add(claim, rank(claim));
  }

  /// The same with one by which a member denies what it was accused of.
  void addDenial(Claim claim) {
    add(claim, Math.min(DOUBTFUL_RANK, rank(claim)));
  }

  private void add(Claim claim, int rank) {
    Slot slot = new Slot(claim, rank);
    Slot old = slots.put(claim.subject(), slot);
    if (old != null) {
      queue.remove(old);
    }
    queue.append(slot);
    if (slots.size() > MOST) {
      drop(queue.last());
    }
  }

  /// Somebody told a claim that this node spreads itself, so it is no longer quite news.
  void heardAgain(Claim claim) {
    Slot slot = slots.get(claim.subject());
    if (slot != null && slot.rank == ALIVE_RANK && slot.claim.compareEvidence(claim) == 0) {
      sent(slot, HEARD_COUNTS);
    }
  }

  /// Takes what goes into one packet.
  ///
  /// @param roomBytes how much fits
  /// @param times how often each claim is sent in all
  /// @param except a subject that needs no telling: its claim counts as sent, but is left out
  List<Claim> take(int roomBytes, int times, NodeId except) {
    if (slots.isEmpty()) {
      return List.of();
    }
    List<Claim> claims = new ArrayList<>();
    for (Slot slot : choose(roomBytes, except)) {
      if (!slot.claim.subject().equals(except)) {
        claims.add(slot.claim);
      }
      if (slot.sent + 1 < times) {
        sent(slot, 1);
      } else {
        drop(slot);
      }
    }
    return claims;
  }

  private List<Slot> choose(int roomBytes, NodeId except) {
    List<Slot> chosen = new ArrayList<>();
    int[] room = {roomBytes};
    queue.visit(
        slot -> {
          int bytes = slot.claim.subject().equals(except) ? 0 : slot.bytes;
          if (bytes <= room[0]) {
            chosen.add(slot);
            room[0] -= bytes;
          }
          return room[0] >= SMALLEST_CLAIM;
        });
    return chosen;
  }

  private void sent(Slot slot, int more) {
    queue.remove(slot);
    slot.sent += more;
    queue.append(slot);
  }

  private void drop(Slot slot) {
    slots.remove(slot.claim.subject());
    queue.remove(slot);
  }

  private int rank(Claim claim) {
    if (claim.subject().equals(self)) {
      return OWN_RANK;
    }
    return switch (claim.state()) {
      case DEAD, LEFT -> GONE_RANK;
      case SUSPECT, RESTARTING -> DOUBTFUL_RANK;
      case ALIVE -> ALIVE_RANK;
    };
  }
}
