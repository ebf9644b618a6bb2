package io.trefoil.api;

import io.trefoil.runtime.NodeFacade;
import io.trefoil.runtime.Readiness;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// `/q/health/ready`: whether this node can serve clients. Its data says what it waits for.
@Singleton
@org.eclipse.microprofile.health.Readiness
public class RingReadiness implements HealthCheck {

  private final NodeFacade node;

  /// The check of a node.
  @Inject
  RingReadiness(NodeFacade node) {
    this.node = node;
  }

  @Override
  public HealthCheckResponse call() {
    Readiness readiness = node.readiness();
    HealthCheckResponseBuilder check =
        HealthCheckResponse.named("ring-stabilization")
            .status(readiness.ready())
            .withData("reason", readiness.reason());
    readiness.data().forEach((name, fact) -> add(check, name, fact));
    return check.build();
  }

  private static void add(HealthCheckResponseBuilder check, String name, Object fact) {
    switch (fact) {
      case Boolean flag -> check.withData(name, flag);
      case Integer number -> check.withData(name, number);
      case Long number -> check.withData(name, number);
      default -> check.withData(name, fact.toString());
    }
  }
}
