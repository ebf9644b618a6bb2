package io.trefoil;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;

/// The same against the packaged application, which must not open what lies in the folder.
@QuarkusIntegrationTest
@TestProfile(HealthIT.InMemory.class)
class HealthIT extends HealthTest {

  /// A node without a data directory.
  public static final class InMemory implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("trefoil.storage.engine", "memory");
    }
  }
}
