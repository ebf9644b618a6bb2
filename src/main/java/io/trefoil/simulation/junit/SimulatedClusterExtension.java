package io.trefoil.simulation.junit;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/// Makes the runs of a [SimulatedTest].
public final class SimulatedClusterExtension implements TestTemplateInvocationContextProvider {

  private static final String SEED = "trefoil.seed";

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context
        .getTestMethod()
        .filter(method -> method.isAnnotationPresent(SimulatedTest.class))
        .isPresent();
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    SimulatedTest test = context.getRequiredTestMethod().getAnnotation(SimulatedTest.class);
    return seeds(test, context.getConfigurationParameter(SEED))
        .mapToObj(seed -> new Run(test, seed));
  }

  private static LongStream seeds(SimulatedTest test, Optional<String> only) {
    try {
      return only.map(text -> LongStream.of(Long.parseLong(text)))
          .orElse(LongStream.range(test.firstSeed(), test.firstSeed() + test.seeds()));
    } catch (NumberFormatException e) {
      throw new ExtensionConfigurationException(SEED + " is no number: " + only.orElse(""), e);
    }
  }

  private record Run(SimulatedTest test, long seed) implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocation) {
      return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Supply(test, seed));
    }
  }

  /// Hands a test its cluster, and looks at it afterwards.
  private static final class Supply implements ParameterResolver, AfterTestExecutionCallback {

    private final SimulatedTest test;
    private final long seed;
    private Optional<SimulatedCluster> cluster = Optional.empty();

    Supply(SimulatedTest test, long seed) {
      this.test = test;
      this.seed = seed;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SimulatedCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      var started = SimulatedCluster.start(seed, test.nodes(), test.evictionDelaySeconds());
      cluster = Optional.of(started);
      return started;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
      if (context.getExecutionException().isEmpty()) {
        cluster.ifPresent(SimulatedCluster::check);
      }
    }
  }
}
