package io.trefoil.api;

import io.smallrye.mutiny.Multi;
import io.trefoil.runtime.NodeFacade;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/// What happens in the cluster, told as it happens, as server-sent events.
@Singleton
@Path(ClusterResource.ROOT)
public class EventsResource {

  private final NodeFacade node;
  private final Vertx vertx;

  /// The resource in front of a node.
  @Inject
  EventsResource(NodeFacade node, Vertx vertx) {
    this.node = node;
    this.vertx = vertx;
  }

  /// Tells everything from now on, until the reader goes or the process stops.
  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> events(@Context Sse sse) {
    return Multi.createFrom().publisher(reader -> EventFeed.open(vertx, node.name(), sse, reader));
  }
}
