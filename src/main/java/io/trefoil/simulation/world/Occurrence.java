package io.trefoil.simulation.world;

import io.trefoil.core.machine.Input;
import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;

/// Something that will happen in a world at a known time.
sealed interface Occurrence {

  /// A packet reaches a host.
  record Arrival(Host to, Peer from, Envelope envelope) implements Occurrence {}

  /// An input that only the process that asked for it gets: not one started later on the host.
  record Completion(Host host, int boot, Input<Envelope, Alarm> input, boolean written)
      implements Occurrence {}

  /// The seeds' names are resolved again for a process.
  record Resolution(Host host, int boot) implements Occurrence {}

  /// Something outside the hosts: a client's turn, a fault.
  record Errand(Runnable work) implements Occurrence {}

  /// An alarm of a process. Taken back by marking it: searching the queue for it costs more.
  final class Timer implements Occurrence {
    final Host host;
    final Alarm alarm;
    final long due;
    boolean active = true;

    Timer(Host host, Alarm alarm, long due) {
      this.host = host;
      this.alarm = alarm;
      this.due = due;
    }
  }
}
