package io.trefoil.runtime;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Liveness: the node's loop turns, and neither node nor store has failed. Never looks at the
/// cluster: a process that is restarted because others are away helps nobody.
@Liveness
@Singleton
class LoopCheck implements HealthCheck {

  private final NodeStatus status;

  /// A check of this process's node.
  @Inject
  LoopCheck(NodeStatus status) {
    this.status = status;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("node-loop").status(status.isLive());
    status.failure().ifPresent(reason -> response.withData("reason", reason));
    return response.build();
  }
}
