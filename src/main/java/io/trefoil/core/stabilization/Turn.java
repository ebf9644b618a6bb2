package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.Peer;
import java.time.Duration;

/// One input being handled: when, and where the effects go.
record Turn(Now now, Sink<StabilizationMessage, StabilizationAlarm, Void> out) {

  long nanos() {
    return now.nanos();
  }

  void send(Peer to, StabilizationMessage message) {
    out.emit(new Effect.Send<>(to, message));
  }

  void wake(StabilizationAlarm alarm, Duration after) {
    out.emit(new Effect.Wake<>(alarm, after));
  }

  void cancel(StabilizationAlarm alarm) {
    out.emit(new Effect.Cancel<>(alarm));
  }

  void announce(Event event) {
    out.emit(new Effect.Announce<>(event));
  }
}
