package io.trefoil.api;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/// Leaves the judgement of malformed request targets to [FrontDoor]. Quarkus would answer them with
/// a bare 400 before anything of ours sees them; what it protects, parts of the framework that
/// throw on them, [FrontDoor] protects as well.
///
/// A configuration customizer, because the switch is a system property read when Quarkus's HTTP
/// layer is loaded, and nothing else of ours runs earlier in every way a process starts.
public final class OwnUriCheck implements SmallRyeConfigBuilderCustomizer {

  private static final String SWITCH = "vertx.disableURIValidation";

  @Override
  public void configBuilder(SmallRyeConfigBuilder builder) {
    System.setProperty(SWITCH, "true");
  }
}
