package io.trefoil.runtime;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Readiness `ring-stabilization`: whether clients should be sent to this node, with the reason and
/// the facts behind it.
@org.eclipse.microprofile.health.Readiness
@Singleton
class RingStabilizationCheck implements HealthCheck {

  private final NodeStatus status;

  /// A check of this process's node.
  @Inject
  RingStabilizationCheck(NodeStatus status) {
    this.status = status;
  }

  @Override
  public HealthCheckResponse call() {
    Readiness readiness = status.readiness();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("ring-stabilization")
            .status(readiness.ready())
            .withData("reason", readiness.reason());
    for (Map.Entry<String, Object> fact : readiness.data().entrySet()) {
      switch (fact.getValue()) {
        case Number number -> response.withData(fact.getKey(), number.longValue());
        case Boolean truth -> response.withData(fact.getKey(), truth);
        default -> response.withData(fact.getKey(), fact.getValue().toString());
      }
    }
    return response.build();
  }
}
