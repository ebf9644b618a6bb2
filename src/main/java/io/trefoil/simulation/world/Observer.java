package io.trefoil.simulation.world;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Input;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;

/// Watches a world from outside: the trace, the invariants, logs.
public interface Observer {

  /// A process is about to take an input.
  ///
  /// @param nanos virtual time
  default void delivered(Host host, Input<Envelope, Alarm> input, long nanos) {}

  /// A process wants something done.
  default void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {}

  /// A process was started, killed, frozen or goes on.
  default void changed(Host host, long nanos) {}
}
