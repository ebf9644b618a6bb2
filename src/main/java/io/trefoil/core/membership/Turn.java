package io.trefoil.core.membership;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.Peer;
import java.time.Duration;

/// One input being handled: what time it is, and where effects go.
record Turn(Now now, Sink<MembershipMessage, MembershipAlarm, Void> out) {

  long nanos() {
    return now.nanos();
  }

  void send(Peer to, MembershipMessage message) {
    out.emit(new Effect.Send<>(to, message));
  }

  void wake(MembershipAlarm alarm, Duration after) {
    out.emit(new Effect.Wake<>(alarm, after));
  }

  /// Wakes at a time, or at once if it is over.
  void wakeAt(MembershipAlarm alarm, long nanos) {
    wake(alarm, Duration.ofNanos(Math.max(0, nanos - now.nanos())));
  }

  void cancel(MembershipAlarm alarm) {
    out.emit(new Effect.Cancel<>(alarm));
  }

  void announce(Event event) {
    out.emit(new Effect.Announce<>(event));
  }
}
