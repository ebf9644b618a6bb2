package io.trefoil.core.membership;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The addresses given to every node, as resolved last, and who was found there. One of them may be
/// this node's own: it finds itself there, and leaves it at that.
final class Seeds {

  private static final int MOST_ASKED = 64;

  private final Station station;
  private final Map<Address, NodeId> found = new LinkedHashMap<>();
  private final SequencedMap<Long, Address> asked = new LinkedHashMap<>();
  private List<Address> addresses = List.of();

  Seeds(Station station) {
    this.station = station;
  }

  /// The names were resolved again.
  void resolved(List<Address> seeds) {
    Address own = station.self.claim().profile().address();
    addresses = seeds.stream().distinct().filter(a -> !a.equals(own)).toList();
    found.keySet().retainAll(addresses);
  }

  /// The seeds where neither this node nor a live member was found.
  List<Address> unknown() {
    List<Address> unknown = new ArrayList<>();
    for (Address address : addresses) {
      NodeId node = found.get(address);
      if (node == null || !station.table.isLive(node)) {
        unknown.add(address);
      }
    }
    return unknown;
  }

  /// Asks whoever is at a seed to take this node in.
  void join(Address seed, Turn turn) {
    if (asked.size() >= MOST_ASKED) {
      asked.pollFirstEntry();
    }
    long number = station.nextNumber();
    asked.put(number, seed);
    turn.send(Peer.at(seed), new MembershipMessage.Join(number, station.self.claim()));
  }

  /// Somebody answered.
  ///
  /// @return false if it was not asked
  boolean answered(long number, NodeId by) {
    Address seed = asked.remove(number);
    if (seed != null) {
      found.put(seed, by);
    }
    return seed != null;
  }

  /// Looks for a seed's address among the live members, one by one.
  boolean isMember(Address seed) {
    for (Claim claim : station.table.all()) {
      if (!MemberTable.isGone(claim.state()) && claim.profile().address().equals(seed)) {
        found.put(seed, claim.subject());
        return true;
      }
    }
    return false;
  }
}
