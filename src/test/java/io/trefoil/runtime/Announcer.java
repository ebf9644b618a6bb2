package io.trefoil.runtime;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.vertx.core.Vertx;
import java.util.Optional;

/// Announces on the event bus what a node would.
public final class Announcer {

  private final Vertx vertx;
  private final EventPublisher publisher;

  /// An announcer on one bus.
  public Announcer(Vertx vertx) {
    this.vertx = vertx;
    this.publisher = new EventPublisher(vertx.eventBus());
  }

  /// A member was alive and is dead.
  public void memberDied() {
    publisher.happened(
        new Event.MemberChanged(
            new NodeId(0xb), "node-b", Optional.of(MemberState.ALIVE), MemberState.DEAD));
  }

  /// A map came into force.
  public void mapAdopted(long epoch) {
    publisher.happened(new Event.MapAdopted(epoch));
  }

  /// The process is about to stop.
  public void draining() {
    vertx.eventBus().publish(NodeFacade.BULLETINS, Bulletin.ofDraining(), ByReference.options());
  }
}
