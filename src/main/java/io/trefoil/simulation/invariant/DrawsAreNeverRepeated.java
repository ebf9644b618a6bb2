package io.trefoil.simulation.invariant;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.Prepare;
import io.trefoil.core.register.Subject;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Observer;
import io.trefoil.simulation.world.World;
import java.util.LinkedHashMap;
import java.util.Map;

/// No node ever uses one draw for two ballots, or one ballot for two keys, whatever its clock does.
final class DrawsAreNeverRepeated implements Observer {

  private static final String RULE = "draws are never repeated";

  private final World world;
  private final Map<Draw, Use> uses = new LinkedHashMap<>();

  private record Draw(NodeId node, long number) {}

  private record Use(Ballot ballot, Subject subject) {}

  DrawsAreNeverRepeated(World world) {
    this.world = world;
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (effect instanceof Effect.Send<Envelope, Alarm, Write>(var _, Envelope envelope)
        && envelope.message() instanceof Message.OfRegister(RegisterMessage message)) {
      if (message instanceof Prepare prepare) {
        check(host, prepare.ballot(), prepare.subject());
      } else if (message instanceof Accept accept) {
        check(host, accept.ballot(), accept.subject());
      }
    }
  }

  private void check(Host host, Ballot ballot, Subject subject) {
    if (!ballot.node().equals(host.id())) {
      world.violated(RULE, host + " uses ballot " + ballot + ", which is not its own");
    }
    var use = new Use(ballot, subject);
    Use first = uses.putIfAbsent(new Draw(ballot.node(), ballot.draw()), use);
    if (first != null && !first.equals(use)) {
      world.violated(RULE, host + " uses one draw for " + first + " and for " + use);
    }
  }
}
