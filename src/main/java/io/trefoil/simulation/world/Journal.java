package io.trefoil.simulation.world;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Input;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import java.util.function.Consumer;

/// Writes down everything that happens, a line each, for people who want to know why.
public final class Journal implements Observer {

  private final Consumer<String> lines;

  /// A journal.
  ///
  /// @param lines takes the lines
  public Journal(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void delivered(Host host, Input<Envelope, Alarm> input, long nanos) {
    write(host, "<- " + input, nanos);
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    write(host, "   -> " + effect, nanos);
  }

  @Override
  public void changed(Host host, long nanos) {
    write(host, "is " + host.status(), nanos);
  }

  private void write(Host host, String what, long nanos) {
    lines.accept("%12.6f %s %s".formatted(nanos / 1e9, host.name(), what));
  }
}
