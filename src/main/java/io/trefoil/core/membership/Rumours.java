package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What this node still has to spread: one slot for each subject, the newest claim wins it. Own
/// claims go first, then dead and left, then suspect and restarting, then alive; among equals the
/// least sent. A claim is dropped when it was sent often enough.
///
/// Hearing an alive claim told by others counts as having sent it three times. When a thousand
/// nodes start together, everybody spreads a thousand claims that most know already; so each is
/// sent about a quarter as often, c = 1.25*log2(N) times, which misses a share of exp(-c) = N^-1.8
/// of the members: less than one, and comparison finds that one. Accusations are spread in full.
///
/// When too many claims wait, the least important and most sent of them is left to comparison.
final class Rumours {

  private static final int MOST = 2_048;
  private static final int SMALLEST_CLAIM = 112;

  private static final int ALIVE_RANK = 3;
  private static final int HEARD_COUNTS = 3;

  private final NodeId self;
  private final Map<NodeId, Slot> slots = new LinkedHashMap<>();
  private final TreeSet<Slot> order = new TreeSet<>();
  private long places;

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
    Slot old = slots.get(claim.subject());
    if (old != null) {
      remove(old);
    }
    insert(new Slot(claim, rank(claim), 0, places++, claim.encodedBytes()));
    if (slots.size() > MOST) {
      remove(order.last());
    }
  }

  /// Somebody told a claim that this node spreads itself, so it is no longer quite news.
  void heardAgain(Claim claim) {
    Slot slot = slots.get(claim.subject());
    if (slot != null && slot.rank == ALIVE_RANK && slot.claim.compareEvidence(claim) == 0) {
      remove(slot);
      insert(slot.sent(HEARD_COUNTS));
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
    List<Slot> chosen = choose(roomBytes, except);
    List<Claim> claims = new ArrayList<>(chosen.size());
    for (Slot slot : chosen) {
      if (!slot.claim.subject().equals(except)) {
        claims.add(slot.claim);
      }
      remove(slot);
      if (slot.sent + 1 < times) {
        insert(slot.sent(1));
      }
    }
    return claims;
  }

  private List<Slot> choose(int roomBytes, NodeId except) {
    List<Slot> chosen = new ArrayList<>();
    int room = roomBytes;
    for (Slot slot : order) {
      if (room < SMALLEST_CLAIM) {
        break;
      }
      int bytes = slot.claim.subject().equals(except) ? 0 : slot.bytes;
      if (bytes <= room) {
        chosen.add(slot);
        room -= bytes;
      }
    }
    return chosen;
  }

  private void insert(Slot slot) {
    slots.put(slot.claim.subject(), slot);
    order.add(slot);
  }

  private void remove(Slot slot) {
    slots.remove(slot.claim.subject());
    order.remove(slot);
  }

  private int rank(Claim claim) {
    if (claim.subject().equals(self)) {
      return 0;
    }
    return switch (claim.state()) {
      case DEAD, LEFT -> 1;
      case SUSPECT, RESTARTING -> 2;
      case ALIVE -> ALIVE_RANK;
    };
  }

  /// A claim in the queue, ordered by rank, then by how often it was sent, then by age.
  private record Slot(Claim claim, int rank, int sent, long place, int bytes)
      implements Comparable<Slot> {

    @Override
    public int compareTo(Slot other) {
      int byRank = Integer.compare(rank, other.rank);
      if (byRank != 0) {
        return byRank;
      }
      int bySent = Integer.compare(sent, other.sent);
      return bySent != 0 ? bySent : Long.compare(place, other.place);
    }

    Slot sent(int more) {
      return new Slot(claim, rank, sent + more, place, bytes);
    }
  }
}
