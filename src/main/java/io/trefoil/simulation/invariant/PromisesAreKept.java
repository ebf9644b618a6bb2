package io.trefoil.simulation.invariant;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Observer;
import io.trefoil.simulation.world.World;

/// A register's promise is never below what it accepted, and neither ever goes back.
final class PromisesAreKept implements Observer {

  private static final String RULE = "promises are kept";

  private final World world;

  PromisesAreKept(World world) {
    this.world = world;
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (effect
        instanceof
        Effect.Persist<Envelope, Alarm, Write>(
            long _,
            Write.OfRegister(RegisterWrite.Changed(int partition, Key key, Register next)))) {
      check(host, key, host.disk().latest(partition, key), next);
    }
  }

  private void check(Host host, Key key, Register before, Register next) {
    if (next.accepted().above(next.promised())) {
      violated(host, key, "accepted " + next.accepted() + " above its promise " + next.promised());
    }
    if (before.promised().above(next.promised())) {
      violated(
          host, key, "takes back its promise " + before.promised() + " for " + next.promised());
    }
    if (before.accepted().above(next.accepted())) {
      violated(host, key, "accepts " + next.accepted() + " after " + before.accepted());
    }
    if (before.accepted().equals(next.accepted()) && !before.record().equals(next.record())) {
      violated(host, key, "changes the record that it accepted under " + before.accepted());
    }
  }

  private void violated(Host host, Key key, String what) {
    world.violated(RULE, host + ", key " + key + ", " + what);
  }
}
