package io.trefoil.runtime;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.net.URI;
import java.util.Optional;

/// Turns OpenTelemetry on where an endpoint is set to which it can send, and off everywhere else.
/// Of a wrong endpoint it is not told, so that [SettingsReader] is the one to complain.
public final class TracingSwitch implements SmallRyeConfigBuilderCustomizer {

  /// The setting that decides.
  static final String ENDPOINT = "trefoil.tracing.endpoint";

  private static final String OFF = "quarkus.otel.sdk.disabled";
  private static final String TARGET = "quarkus.otel.exporter.otlp.endpoint";

  @Override
  public void configBuilder(SmallRyeConfigBuilder builder) {
    builder.withInterceptors(new Interceptor());
  }

  /// Whether spans can be sent there: an http or https URI with a host.
  static boolean isEndpoint(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /// Answers for the two settings that follow from ours.
  private static final class Interceptor implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
      return switch (name) {
        case OFF -> value(name, Boolean.toString(endpoint(context).isEmpty()));
        case TARGET ->
            endpoint(context).map(it -> value(name, it)).orElseGet(() -> context.proceed(name));
        default -> context.proceed(name);
      };
    }

    private static Optional<String> endpoint(ConfigSourceInterceptorContext context) {
      return Optional.ofNullable(context.restart(ENDPOINT))
          .map(ConfigValue::getValue)
          .filter(TracingSwitch::isEndpoint);
    }

    private static ConfigValue value(String name, String value) {
      return ConfigValue.builder().withName(name).withValue(value).build();
    }
  }
}
