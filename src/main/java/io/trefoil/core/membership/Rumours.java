package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What this node still has to spread: one slot for each subject, the newest claim wins it. Own
/// claims go first, then dead and left, then suspect and restarting, then alive; among equals the
/// least sent. A claim is dropped when it was sent often enough.
final class Rumours {

  private static final int SMALLEST_CLAIM = 112;

  private static final Comparator<Slot> ORDER =
      Comparator.<Slot>comparingInt(s -> s.rank)
          .thenComparingInt(s -> s.sent)
          .thenComparingLong(s -> s.place);

  private final NodeId self;
  private final Map<NodeId, Slot> slots = new LinkedHashMap<>();
  private final TreeSet<Slot> order = new TreeSet<>(ORDER);
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
    Slot old = slots.remove(claim.subject());
    if (old != null) {
      order.remove(old);
    }
    insert(new Slot(claim, rank(claim), 0, places++));
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
      order.remove(slot);
      slots.remove(slot.claim.subject());
      if (slot.sent + 1 < times) {
        insert(new Slot(slot.claim, slot.rank, slot.sent + 1, slot.place));
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
      int bytes = slot.claim.subject().equals(except) ? 0 : slot.claim.encodedBytes();
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

  private int rank(Claim claim) {
    if (claim.subject().equals(self)) {
      return 0;
    }
    return switch (claim.state()) {
      case DEAD, LEFT -> 1;
      case SUSPECT, RESTARTING -> 2;
      case ALIVE -> 3;
    };
  }

  private record Slot(Claim claim, int rank, int sent, long place) {}
}
