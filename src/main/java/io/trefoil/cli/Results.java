package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Problem;
import io.trefoil.core.model.Key;
import java.util.List;

/// What the commands on one key make of an answer.
final class Results {

  /// What a node tells of a problem besides.
  private static final List<String> FACTS = List.of("version", "missing");

  private Results() {}

  /// The answer, if it is a success.
  ///
  /// @throws Failure otherwise, with the node's own sentence
  static Answer.Done done(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> done;
      case Answer.Failed(Problem problem) ->
          throw new Failure(exitCode(problem), sentence(problem), json(problem));
    };
  }

  /// What is told to programs of a success on a key, to be completed by the command.
  static ObjectNode json(Key key, Answer.Done done) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("key", key.text())
        .put("outcome", "done")
        .put("status", done.status())
        .put("etag", EntityTag.bare(done.header("ETag")))
        .put("endpoint", done.endpoint().toString())
        .put("coordinator", done.header("Trefoil-Coordinator"))
        .put("epoch", done.header("Trefoil-Epoch"));
  }

  /// The exit code for a problem: a request that a node finds wrong is a wrong use of the command.
  static ExitCode exitCode(Problem problem) {
    return switch (problem.ending()) {
      case REFUSED -> ExitCode.REFUSED;
      case UNKNOWN -> ExitCode.UNKNOWN;
      case NONE -> problem.isWorthRepeating() ? ExitCode.NOT_DONE : ExitCode.USAGE;
    };
  }

  /// The node's sentence, who did not answer, and the version that a condition was judged by.
  private static String sentence(Problem problem) {
    JsonNode told = problem.told();
    String missing =
        told.has("missing") ? " Missing: " + JsonTable.text(told.get("missing")) + "." : "";
    String version =
        told.has("version") ? " Its ETag is " + JsonTable.text(told.get("version")) + "." : "";
    return problem.sentence() + missing + version;
  }

  private static ObjectNode json(Problem problem) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("outcome", problem.ending().word())
            .put("problem", problem.name())
            .put("status", problem.status())
            .put("detail", problem.sentence())
            .put("endpoint", problem.endpoint().toString());
    FACTS.stream()
        .filter(problem.told()::has)
        .forEach(fact -> json.set(fact, problem.told().get(fact)));
    return json;
  }
}
