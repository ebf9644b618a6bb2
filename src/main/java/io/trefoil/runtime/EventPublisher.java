package io.trefoil.runtime;

import io.trefoil.core.machine.Event;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;

/// Puts a node's announcements on the local event bus, for whoever listens.
final class EventPublisher implements Watcher {

  private final DeliveryOptions options = ByReference.options();
  private final EventBus bus;

  /// A publisher on one bus.
  EventPublisher(EventBus bus) {
    this.bus = bus;
    ByReference.register(bus);
  }

  @Override
  public void happened(Event event) {
    Bulletin.of(event).ifPresent(told -> bus.publish(NodeFacade.BULLETINS, told, options));
    switch (event) {
      case Event.MemberChanged _,
          Event.Isolated _,
          Event.MapAdopted _,
          Event.ClockSkewed _,
          Event.CopyDamaged _,
          Event.CopyFinished _,
          Event.LeaseHeld _,
          Event.LeaseLost _,
          Event.OrderAnswered _,
          Event.CouncilForced _ ->
          bus.publish(NodeFacade.EVENTS, event, options);
      case Event.ReplicaServed _,
          Event.Step _,
          Event.PacketRejected _,
          Event.Surveyed _,
          Event.KeysListed _ -> {
        // Too many to be told one by one, or told to who asked.
      }
    }
  }
}
