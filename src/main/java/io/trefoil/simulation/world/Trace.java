package io.trefoil.simulation.world;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Input;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;

/// One number for a whole run: a rolling hash over everything that happened in it, in order. Two
/// runs with the same hash were the same run.
public final class Trace implements Observer {

  private static final long PRIME = 0x9e3779b97f4a7c15L;

  private final Depth depth;
  private long hash = PRIME;

  /// An empty trace.
  public Trace(Depth depth) {
    this.depth = depth;
  }

  /// What of an event goes into the hash.
  public enum Depth {
    /// When, where, what kind, from whom and at which hybrid time: as good as everything, because
    /// what differs elsewhere soon differs here, and fast.
    OUTLINE,
    /// All that inputs and effects say, as text: slow.
    CONTENT
  }

  /// The hash so far.
  public long hash() {
    return hash;
  }

  @Override
  public void delivered(Host host, Input<Envelope, Alarm> input, long nanos) {
    mix(nanos);
    mix(host.number());
    switch (depth) {
      case OUTLINE -> outline(input);
      case CONTENT -> mix(input.toString());
    }
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (depth == Depth.CONTENT) {
      mix(effect.toString());
    }
  }

  @Override
  public void changed(Host host, long nanos) {
    mix(nanos);
    mix(host.number());
    mix(host.status().ordinal());
  }

  private void outline(Input<Envelope, Alarm> input) {
    switch (input) {
      case Input.Heard<Envelope, Alarm>(var _, Envelope envelope) -> {
        mix(envelope.from().bits());
        mix(envelope.run());
        mix(envelope.epoch());
        mix(envelope.at().bits());
      }
      case Input.Fired<Envelope, Alarm>(Alarm alarm, long late) -> {
        mix(alarm.getClass().getName().hashCode());
        mix(late);
      }
      case Input.Persisted<Envelope, Alarm>(long ticket) -> mix(2 * ticket);
      case Input.Fetched<Envelope, Alarm>(long ticket, var _) -> mix(2 * ticket + 1);
      case Input.Scanned<Envelope, Alarm>(long ticket, var registers, var _) -> {
        mix(2 * ticket + 1);
        mix(registers.size());
      }
      case Input.Unreadable<Envelope, Alarm>(long ticket) -> mix(-ticket);
      case Input.Asked<Envelope, Alarm>(long number, var _) -> mix(number);
      case Input.Told<Envelope, Alarm>(var news) -> mix(news.getClass().getName().hashCode());
    }
  }

  private void mix(String text) {
    long sum = text.length();
    for (int i = 0; i < text.length(); i++) {
      sum = 31 * sum + text.charAt(i);
    }
    mix(sum);
  }

  private void mix(long number) {
    hash = (hash ^ number) * PRIME;
    hash ^= hash >>> 29;
  }
}
