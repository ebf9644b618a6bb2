package io.trefoil.api;

import io.trefoil.core.model.NodeId;
import io.trefoil.runtime.NodeFacade;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/// `/q/health/started`: whether the node has read its data directory and knows who it is.
@Singleton
@Startup
public class NodeStartup implements HealthCheck {

  private final NodeFacade node;

  /// The check of a node.
  @Inject
  NodeStartup(NodeFacade node) {
    this.node = node;
  }

  @Override
  public HealthCheckResponse call() {
    NodeId id = node.id();
    return HealthCheckResponse.named("node-started")
        .status(!id.equals(NodeId.NONE))
        .withData("node", node.name())
        .withData("id", id.toString())
        .build();
  }
}
