package io.trefoil.core.register;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.Peer;

/// The registers' effects.
@FunctionalInterface
interface RegisterSink extends Sink<RegisterMessage, RegisterAlarm, RegisterWrite> {

  /// Sends a message.
  default void send(Peer to, RegisterMessage message) {
    emit(new Effect.Send<>(to, message));
  }

  /// Announces a fact.
  default void announce(Event event) {
    emit(new Effect.Announce<>(event));
  }
}
