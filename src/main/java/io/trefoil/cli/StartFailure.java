package io.trefoil.cli;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a node did not start, in a sentence. What is wrong with the settings or the machine is told
/// without a stack trace; only a defect shows one.
final class StartFailure {

  private static final Pattern NOISE =
      Pattern.compile("SRCFG[0-9]+: |^java\\.lang\\.\\w+: | to enum class [^ ,]+");
  private static final Pattern WRONG_VALUE =
      Pattern.compile(
          "The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst"
              + " being converted (.*)");
  private static final Pattern UNKNOWN_KEY =
      Pattern.compile("(\\S+) in .* does not map to any root");

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

  /// What is wrong, in the outermost words that explain it; nothing if it is a defect of the
  /// program.
  static List<String> sentences(Throwable thrown) {
    for (Throwable cause : causes(thrown)) {
      List<String> told =
          switch (cause) {
            case QuarkusBindException taken -> List.of(taken(taken.getPort()));
            case ConfigValidationException wrong -> problems(wrong);
            case ConfigurationException wrong -> List.of(plain(wrong.getMessage()));
            case BindException taken -> List.of("a port is taken: " + taken.getMessage());
            case IllegalArgumentException wrong when isOfSettings(wrong) ->
                List.of(plain(wrong.getMessage()));
            default -> List.of();
          };
      if (!told.isEmpty()) {
        return told;
      }
    }
    return List.of();
  }

  private static boolean isOfSettings(IllegalArgumentException wrong) {
    return wrong.getMessage() != null && wrong.getMessage().contains("SRCFG");
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = thrown;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private static String taken(int port) {
    return "port "
        + port
        + " is taken by another program; choose another with --http-port"
        + " (quarkus.http.port)";
  }

  private static List<String> problems(ConfigValidationException wrong) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < wrong.getProblemCount(); i++) {
      all.add(plain(wrong.getProblem(i).getMessage()));
    }
    return all;
  }

  /// The configuration library's sentence in words of ours.
  private static String plain(String message) {
    String text = NOISE.matcher(message).replaceAll("");
    Matcher value = WRONG_VALUE.matcher(text);
    if (value.matches()) {
      return value.group(1) + " is \"" + value.group(2) + "\": " + value.group(3);
    }
    Matcher key = UNKNOWN_KEY.matcher(text);
    return key.matches() ? key.group(1) + " is not a setting; is it misspelt?" : text;
  }
}
