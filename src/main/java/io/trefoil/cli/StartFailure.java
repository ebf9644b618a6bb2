package io.trefoil.cli;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;

/// Why a node did not start, in a sentence. What is wrong with the settings or the machine is told
/// without a stack trace; only a defect shows one.
final class StartFailure {

  private StartFailure() {}

  /// Tells it on standard error.
  static void tell(Console console, Throwable thrown) {
    List<String> sentences = sentences(thrown);
    sentences.forEach(console::remark);
    if (sentences.isEmpty()) {
      console.remark("the node did not start; please report what follows");
      thrown.printStackTrace(console.err());
    }
  }

  /// What is wrong; nothing if it is a defect of the program.
  static List<String> sentences(Throwable thrown) {
    for (Throwable cause : causes(thrown)) {
      List<String> told =
          switch (cause) {
            case QuarkusBindException taken -> List.of(taken(taken.getPort()));
            case ConfigValidationException wrong -> problems(wrong);
            case ConfigurationException wrong -> List.of(wrong.getMessage());
            case BindException taken -> List.of("a port is taken: " + taken.getMessage());
            case IllegalArgumentException wrong when wrong.getMessage() != null ->
                List.of(wrong.getMessage());
            default -> List.of();
          };
      if (!told.isEmpty()) {
        return told;
      }
    }
    return List.of();
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = thrown;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.addFirst(cause);
    }
    return causes;
  }

  private static String taken(int port) {
    return "port "
        + port
        + " is taken by another program; choose another with --http-port"
        + " (quarkus.http.port)";
  }

  /// The problems without SmallRye's numbers before them.
  private static List<String> problems(ConfigValidationException wrong) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < wrong.getProblemCount(); i++) {
      all.add(wrong.getProblem(i).getMessage().replaceFirst("^SRCFG[0-9]+: ", ""));
    }
    return all;
  }
}
