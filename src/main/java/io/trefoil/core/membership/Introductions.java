package io.trefoil.core.membership;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// Takes in whoever is not a live member, once it was reached both ways.
///
/// Somebody who speaks up proves that its packets arrive here, not that ours arrive there: behind a
/// one-way failure or a wrong address it would be suspected as soon as it was taken in, again and
/// again. So its address is pinged first, and only its answer makes it a member. The ping carries
/// the accusation if it is held dead; the answer then carries the refutation.
final class Introductions {

  private static final int MOST = 4_096;
  private static final int PATIENCE_PERIODS = 4;

  private final Station station;
  private final View view;
  private final Comparison comparison;
  private final SequencedMap<Long, Contact> contacts = new LinkedHashMap<>();
  private boolean established;

  Introductions(Station station, View view, Comparison comparison) {
    this.station = station;
    this.view = view;
    this.comparison = comparison;
  }

  /// Takes what a sender says of itself.
  ///
  /// @param answered whether an answer to its message follows, which will carry any accusation
  void heard(Claim sender, Peer from, boolean answered, Turn turn) {
    Claim held = station.table.get(sender.subject());
    boolean live = held != null && !MemberTable.isGone(held.state());
    boolean wins = held == null || sender.overrides(held);
    if (live || wins && MemberTable.isGone(sender.state())) {
      view.learn(sender, Source.SUBJECT, turn);
    } else if (wins) {
      contact(Station.peer(sender), OptionalLong.empty(), turn);
    }
    if (!answered && !wins) {
      accuse(sender, from, turn);
    }
  }

  /// Takes what a sender says of itself that was just reached both ways. If it was no live member
  /// before, it may come with a whole cluster of its own.
  void reached(Claim sender, Peer from, Turn turn) {
    if (takeIn(sender, from, turn) && station.table.live() > 1) {
      comparison.begin(Station.peer(sender), turn);
    }
  }

  /// Somebody wants to be taken in.
  void join(Claim sender, long number, Turn turn) {
    if (station.table.isLive(sender.subject())) {
      view.learn(sender, Source.SUBJECT, turn);
      welcome(Station.peer(sender), number, turn);
    } else {
      contact(Station.peer(sender), OptionalLong.of(number), turn);
    }
  }

  /// Tries to reach somebody both ways.
  void contact(Peer peer, OptionalLong joinNumber, Turn turn) {
    if (contacts.size() < MOST) {
      long number = station.nextNumber();
      contacts.put(number, new Contact(peer, joinNumber, turn.nanos()));
      turn.send(peer, station.ping(number, peer.id()));
    }
  }

  /// Somebody answered.
  ///
  /// @return false if it was not contacted
  boolean acknowledged(long number, Claim responder, Peer from, Turn turn) {
    Contact contact = contacts.get(number);
    if (contact == null || !contact.peer.id().equals(responder.subject())) {
      return false;
    }
    contacts.remove(number);
    if (contact.joinNumber.isEmpty()) {
      reached(responder, from, turn);
      return true;
    }
    takeIn(responder, from, turn);
    if (station.table.isLive(responder.subject())) {
      welcome(from, contact.joinNumber.getAsLong(), turn);
    }
    return true;
  }

  /// Somebody else answered.
  ///
  /// @return whom the contact was meant for; null if there is none
  Peer misdirected(long number, NodeId meant) {
    Contact contact = contacts.get(number);
    if (contact == null || !contact.peer.id().equals(meant)) {
      return null;
    }
    return contacts.remove(number).peer;
  }

  /// Forgets contacts that were not answered in time.
  void expire(Turn turn) {
    long patience = station.settings.period().toNanos() * PATIENCE_PERIODS;
    while (!contacts.isEmpty()
        && turn.nanos() - contacts.firstEntry().getValue().sinceNanos > patience) {
      contacts.pollFirstEntry();
    }
  }

  /// Members were forgotten.
  void sweep() {
    view.sweep();
  }

  /// Whether this node gave or was given a whole table: only then are claims out of a table news to
  /// those around it.
  boolean isEstablished() {
    return established;
  }

  /// This node was given a whole table.
  void welcomed() {
    established = true;
  }

  /// @return whether it became a live member just now
  private boolean takeIn(Claim sender, Peer from, Turn turn) {
    boolean known = station.table.isLive(sender.subject());
    view.learn(sender, Source.SUBJECT, turn);
    accuse(sender, from, turn);
    return !known && station.table.isLive(sender.subject());
  }

  private void welcome(Peer to, long number, Turn turn) {
    established = true;
    turn.send(to, new MembershipMessage.Welcome(number, station.self.claim(), station.table.all()));
  }

  /// Tells an accused member that calls itself alive what it is accused of.
  private void accuse(Claim sender, Peer from, Turn turn) {
    Claim held = station.table.get(sender.subject());
    if (held != null
        && sender.state() == MemberState.ALIVE
        && Station.isAccusation(held)
        && held.overrides(sender)) {
      turn.send(from, new MembershipMessage.Gossip(List.of(held)));
    }
  }

  private record Contact(Peer peer, OptionalLong joinNumber, long sinceNanos) {}
}
