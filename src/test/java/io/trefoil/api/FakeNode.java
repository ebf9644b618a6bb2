package io.trefoil.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.trefoil.runtime.FakeFacade;
import java.util.Map;
import java.util.Set;

/// Runs the HTTP layer in front of a map in memory.
public final class FakeNode implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return RealNode.SETTINGS;
  }

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeFacade.class);
  }
}
