package io.trefoil.simulation.heritage;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Record;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.simulation.heritage.HeritageLog.Role;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Observer;
import io.trefoil.simulation.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Logs what nodes themselves announce: whom they met and gave up, and what replicas did. The same
/// announcements feed the product's operation log.
final class Reporter implements Observer {

  private static final String RULE = "replicas serve what was asked";

  private final World world;
  private final Ledger ledger;
  private final HeritageLog log;

  Reporter(World world, Ledger ledger, HeritageLog log) {
    this.world = world;
    this.ledger = ledger;
    this.log = log;
  }

  /// The text of a record's value; empty if there is none.
  static Optional<String> text(Optional<Record> record) {
    return record
        .flatMap(Record::value)
        .map(value -> new String(value.bytes(), StandardCharsets.UTF_8));
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (effect instanceof Effect.Announce<Envelope, Alarm, Write>(Event event)) {
      announced(host, event);
    }
  }

  private void announced(Host host, Event event) {
    switch (event) {
      case Event.MemberChanged changed -> changed(host, changed);
      case Event.ReplicaServed served ->
          ledger
              .find(served.kind(), served.key().text())
              .ifPresentOrElse(
                  transaction -> served(host, served, transaction),
                  () -> world.violated(RULE, host + " " + served));
      case Event.Isolated _,
          Event.Step _,
          Event.MapAdopted _,
          Event.LeaseHeld _,
          Event.LeaseLost _,
          Event.OrderAnswered _,
          Event.CouncilForced _,
          Event.Surveyed _,
          Event.KeysListed _,
          Event.CopyDamaged _,
          Event.CopyFinished _,
          Event.PacketRejected _,
          Event.ClockSkewed _ -> {
        // The original had no line for it.
      }
    }
  }

  private void changed(Host host, Event.MemberChanged changed) {
    if (changed.before().isEmpty()) {
      log.joined(host.number(), hostOf(changed.node()));
    }
    if (changed.state() == MemberState.DEAD) {
      log.removed(host.number(), hostOf(changed.node()));
    }
  }

  private void served(Host host, Event.ReplicaServed served, Transaction transaction) {
    boolean holds = served.success() && served.kind() != OperationKind.DELETE;
    Optional<String> value = holds ? text(served.record()) : transaction.value();
    log.ended(host.number(), Role.SERVER, transaction, served.success(), value);
  }

  private int hostOf(NodeId id) {
    return world.hosts().stream().filter(h -> h.id().equals(id)).findFirst().orElseThrow().number();
  }
}
