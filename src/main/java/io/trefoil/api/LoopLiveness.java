package io.trefoil.api;

import io.trefoil.runtime.NodeFacade;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// `/q/health/live`: whether this process works at all. Says nothing of the cluster, for a restart
/// would not help that.
@Singleton
@Liveness
public class LoopLiveness implements HealthCheck {

  private final NodeFacade node;

  /// The check of a node.
  @Inject
  LoopLiveness(NodeFacade node) {
    this.node = node;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("node-loop").status(node.live()).build();
  }
}
