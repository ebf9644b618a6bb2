package io.trefoil.core.map;

import io.trefoil.core.machine.Effect.Announce;
import io.trefoil.core.machine.Effect.Cancel;
import io.trefoil.core.machine.Effect.Persist;
import io.trefoil.core.machine.Effect.Send;
import io.trefoil.core.machine.Effect.Wake;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.Peer;
import java.time.Duration;

/// One input being taken: when, and where its effects go.
record Moment(Now now, Sink<MapMessage, MapAlarm, MapWrite> out) {

  long nanos() {
    return now.nanos();
  }

  void send(Peer to, MapMessage message) {
    out.emit(new Send<>(to, message));
  }

  void wake(MapAlarm alarm, Duration after) {
    out.emit(new Wake<>(alarm, after));
  }

  void cancel(MapAlarm alarm) {
    out.emit(new Cancel<>(alarm));
  }

  void persist(long ticket, MapWrite write) {
    out.emit(new Persist<>(ticket, write));
  }

  void announce(Event event) {
    out.emit(new Announce<>(event));
  }
}
