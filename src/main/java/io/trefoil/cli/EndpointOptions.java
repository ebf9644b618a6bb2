package io.trefoil.cli;

import io.trefoil.cli.client.Endpoint;
import io.trefoil.cli.client.StoreClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options of every command that talks to nodes.
final class EndpointOptions {

  @Option(
      names = {"-e", "--endpoint"},
      split = ",",
      paramLabel = "URL",
      converter = EndpointConverter.class,
      defaultValue = "${env:TREFOIL_ENDPOINT:-http://localhost:8080}",
      description =
          "A node's address; several, repeated or with commas between, are tried in turn while"
              + " nothing was done. Default: TREFOIL_ENDPOINT, else http://localhost:8080.")
  private List<URI> endpoints;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for one answer of one node. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  /// The nodes, in the order given.
  List<URI> endpoints() {
    return endpoints;
  }

  /// A client for the nodes named; the caller closes it.
  ///
  /// @throws Failure if the timeout is none
  StoreClient client() {
    return client(Duration.ZERO);
  }

  /// A client for nodes that may take longer to answer, because they were asked to wait.
  ///
  /// @param asked for how long they were asked to, which is waited on top
  /// @throws Failure if the timeout is none
  StoreClient client(Duration asked) {
    if (timeoutSeconds < 1) {
      throw new Failure(ExitCode.USAGE, "--timeout is " + timeoutSeconds + "; at least 1 second");
    }
    return new StoreClient(endpoints, Duration.ofSeconds(timeoutSeconds).plus(asked));
  }

  /// Reads one endpoint.
  static final class EndpointConverter implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
      try {
        return Endpoint.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
