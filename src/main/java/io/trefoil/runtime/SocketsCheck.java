package io.trefoil.runtime;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/// Startup: the node has read its data directory and bound its sockets.
@Startup
@Singleton
class SocketsCheck implements HealthCheck {

  private final NodeStatus status;

  /// A check of this process's node.
  @Inject
  SocketsCheck(NodeStatus status) {
    this.status = status;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("node-sockets").status(status.isBound()).build();
  }
}
