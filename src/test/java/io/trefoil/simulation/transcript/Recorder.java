package io.trefoil.simulation.transcript;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.node.Write;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Observer;
import java.util.ArrayList;
import java.util.List;

/// Writes a line for each message of the protocols that are shown, when it is sent; one that never
/// arrives is marked so.
final class Recorder implements Observer {

  private final Names names;
  private final Words words;
  private final List<String> lines = new ArrayList<>();
  private final List<Flying> flying = new ArrayList<>();
  private List<String> shown = List.of();
  private boolean silent = true;

  private record Flying(Envelope envelope, int line) {}

  Recorder(Names names, Words words) {
    this.names = names;
    this.words = words;
  }

  void show(List<String> protocols) {
    shown = protocols;
  }

  void silence(boolean on) {
    silent = on;
  }

  /// Adds a line of the transcript's author.
  void add(String line) {
    lines.add(line);
  }

  /// All lines. What is still under way counts as lost.
  List<String> finish() {
    flying.forEach(each -> lines.set(each.line, lines.get(each.line) + "  (does not arrive)"));
    flying.clear();
    return List.copyOf(lines);
  }

  void note(long nanos, String text) {
    if (!silent) {
      lines.add(names.time(nanos) + "  " + text);
    }
  }

  @Override
  public void delivered(Host host, Input<Envelope, Alarm> input, long nanos) {
    if (input instanceof Input.Heard<Envelope, Alarm>(var _, Envelope envelope)) {
      flying.removeIf(each -> each.envelope == envelope);
    }
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (silent) {
      return;
    }
    if (effect instanceof Effect.Send<Envelope, Alarm, Write>(var to, Envelope envelope)
        && shown.contains(protocol(envelope.message()))) {
      flying.add(new Flying(envelope, lines.size()));
      String way = host.name() + " → " + names.peer(to);
      note(nanos, way + "  " + words.of(envelope.message()));
    } else if (effect instanceof Effect.Announce<Envelope, Alarm, Write>(Event event)
        && shown.contains(protocol(event))) {
      note(nanos, host.name() + "       " + words.of(event));
    }
  }

  private static String protocol(Message message) {
    return switch (message) {
      case Message.OfMembership _ -> "membership";
      case Message.OfMap _ -> "map";
      case Message.OfRegister _ -> "registers";
      case Message.OfStabilization _ -> "copies";
    };
  }

  private static String protocol(Event event) {
    return switch (event) {
      case Event.MemberChanged _, Event.Isolated _ -> "membership";
      case Event.MapAdopted _,
          Event.LeaseHeld _,
          Event.LeaseLost _,
          Event.OrderAnswered _,
          Event.Surveyed _,
          Event.CouncilForced _ ->
          "map";
      case Event.ReplicaServed _ -> "registers";
      case Event.CopyDamaged _, Event.CopyFinished _, Event.KeysListed _ -> "copies";
      case Event.Step _ -> "steps";
      case Event.PacketRejected _, Event.ClockSkewed _ -> "none";
    };
  }
}
