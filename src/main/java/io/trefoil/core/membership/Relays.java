package io.trefoil.core.membership;

import io.trefoil.core.membership.MembershipAlarm.RelayOverdue;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The pings that this node sends for others. The asker hears back before it gives up: a relay says
/// that it failed after seven tenths of the asker's patience, which leaves the rest for the two
/// packets between them.
final class Relays {

  private static final int MOST = 1_024;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Station station;
  private final Map<Long, Duty> duties = new LinkedHashMap<>();

  Relays(Station station) {
    this.station = station;
  }

  /// Begins to ping for somebody. Asked too much, it keeps silent, and the asker doubts itself.
  void asked(Peer asker, MembershipMessage.Relay relay, Turn turn) {
    if (duties.size() >= MOST) {
      return;
    }
    Duration patience = relay.patience().compareTo(LONGEST) < 0 ? relay.patience() : LONGEST;
    long end = turn.nanos() + patience.toNanos() * 7 / 10;
    long number = station.nextNumber();
    Duty duty = new Duty(asker, relay.number(), relay.target(), end);
    duties.put(number, duty);
    ping(number, duty, turn);
  }

  /// A ping's next step is due.
  void overdue(long number, Turn turn) {
    Duty duty = duties.get(number);
    if (duty == null) {
      return;
    }
    if (turn.nanos() < duty.endNanos) {
      ping(number, duty, turn);
    } else {
      duties.remove(number);
      turn.send(duty.asker, new MembershipMessage.Nack(duty.askersNumber));
    }
  }

  /// Hands a target's answer on to the asker.
  ///
  /// @return false if there is no such ping under way
  boolean acknowledged(long number, Claim responder, Turn turn) {
    Duty duty = duties.get(number);
    if (duty == null || !duty.target.id().equals(responder.subject())) {
      return false;
    }
    end(number, turn);
    turn.send(
        duty.asker,
        new MembershipMessage.Ack(duty.askersNumber, responder, station.newsFor(duty.asker.id())));
    return true;
  }

  /// Somebody else answered.
  ///
  /// @return the member that was meant; null if there is no such ping under way
  Peer misdirected(long number, NodeId meant, Turn turn) {
    Duty duty = duties.get(number);
    if (duty == null || !duty.target.id().equals(meant)) {
      return null;
    }
    end(number, turn);
    turn.send(duty.asker, new MembershipMessage.Nack(duty.askersNumber));
    return duty.target;
  }

  /// Forgets the pings under way: their time passed while this node stood still.
  void abandon(Turn turn) {
    duties.keySet().forEach(number -> turn.cancel(new RelayOverdue(number)));
    duties.clear();
  }

  private void end(long number, Turn turn) {
    duties.remove(number);
    turn.cancel(new RelayOverdue(number));
  }

  private void ping(long number, Duty duty, Turn turn) {
    turn.send(duty.target, station.ping(number, duty.target.id()));
    long again = turn.nanos() + station.settings.pingEvery().toNanos();
    turn.wakeAt(new RelayOverdue(number), Math.min(duty.endNanos, again));
  }

  private record Duty(Peer asker, long askersNumber, Peer target, long endNanos) {}
}
