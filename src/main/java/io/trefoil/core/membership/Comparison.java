package io.trefoil.core.membership;

import io.trefoil.core.membership.MembershipAlarm.ComparisonDue;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.Peer;
import java.util.List;

/// Repairs what gossip missed (anti-entropy): digests are compared now and then, and the claims of
/// the buckets that differ are exchanged, gone members included.
final class Comparison {

  private final Station station;
  private final View view;

  Comparison(Station station, View view) {
    this.station = station;
    this.view = view;
  }

  /// Compares with a random member.
  void due(Turn turn) {
    turn.wake(new ComparisonDue(), station.settings.compareEvery());
    station
        .table
        .sample(1, c -> c.state() == MemberState.ALIVE, station.random)
        .forEach(peer -> begin(Station.peer(peer), turn));
  }

  /// Compares with one member.
  void begin(Peer peer, Turn turn) {
    turn.send(peer, new MembershipMessage.Compare(station.table.digest()));
  }

  /// Another member asks whether the views differ.
  void compare(Peer from, Digest theirs, Turn turn) {
    List<Integer> buckets = station.table.differing(theirs);
    if (!buckets.isEmpty()) {
      turn.send(from, new MembershipMessage.Differ(buckets, station.table.inBuckets(buckets)));
    }
  }

  /// They do.
  void differ(Peer from, MembershipMessage.Differ differ, Turn turn) {
    List<Claim> before = station.table.inBuckets(differ.buckets());
    view.learnAll(differ.claims(), Source.TABLE, turn);
    turn.send(from, new MembershipMessage.Reconcile(before));
  }
}
