package io.trefoil.core.membership;

import io.trefoil.core.membership.MembershipAlarm.GossipDue;
import java.util.List;
import java.util.OptionalLong;

/// Spreads news: while there is some, a few random members hear of it each round. The first round
/// after a rest comes at once: where each of many members waited a little before it passed news on,
/// those waits would add up, and a thousand members would hear of a suspicion, or its denial, half
/// a second late. The rounds after it keep their distance, so the news costs no packet more.
///
/// A new map epoch is news too, but needs no room: every packet's envelope names its sender's
/// epoch, so a round of empty gossip tells it.
final class Gossiper {

  private final Station station;
  private boolean armed;
  private int epochRounds;

  /// When the next round may be, on the monotonic clock; missing before the first.
  private OptionalLong nextNanos = OptionalLong.empty();

  Gossiper(Station station) {
    this.station = station;
  }

  /// This node came to a new epoch: as many packets as for a claim tell of it.
  void epochChanged() {
    int peers = station.settings.gossipPeers();
    epochRounds = (station.transmissions() + peers - 1) / peers;
  }

  /// Sets the alarm for the next round if there is news and nobody did.
  void arm(Turn turn) {
    boolean news = epochRounds > 0 || !station.rumours.isEmpty();
    if (!armed && news && station.table.live() > 0) {
      armed = true;
      turn.wakeAt(new GossipDue(), nextNanos.orElse(turn.nanos()));
    }
  }

  /// A round is due.
  void due(Turn turn) {
    armed = false;
    round(turn);
  }

  /// Tells a few members.
  void round(Turn turn) {
    nextNanos = OptionalLong.of(turn.nanos() + station.settings.gossipEvery().toNanos());
    List<Claim> peers =
        station.table.sample(station.settings.gossipPeers(), _ -> true, station.random);
    for (Claim peer : peers) {
      List<Claim> claims = station.newsFor(peer.subject());
      if (!claims.isEmpty() || epochRounds > 0) {
        turn.send(Station.peer(peer), new MembershipMessage.Gossip(claims));
      }
    }
    epochRounds = Math.max(0, epochRounds - 1);
  }
}
