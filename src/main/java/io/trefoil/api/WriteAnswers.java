package io.trefoil.api;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;
import java.util.function.Function;

/// How the outcome of a POST, PUT or DELETE is answered: what was written, or a problem.
final class WriteAnswers {

  /// How many replicas had the write on disk when it was answered.
  static final String ACKNOWLEDGEMENTS = "Trefoil-Acknowledgements";

  private WriteAnswers() {}

  /// The answer to a create by POST.
  ///
  /// @throws Refusal unless it was done
  static Response ofPost(Key key, Outcome outcome) {
    Outcome.Done done = done(outcome, WriteAnswers::exists);
    return written(201, done)
        .header(HttpHeaders.LOCATION, Keys.write(key, KeyValueResource.ROOT))
        .build();
  }

  /// The answer to a PUT.
  ///
  /// @param condition what it stated
  /// @throws Refusal unless it was done
  static Response ofPut(Condition condition, Outcome outcome) {
    boolean creates = condition instanceof Condition.Absent;
    Outcome.Done done = done(outcome, WriteAnswers::preconditionFailed);
    return written(creates ? 201 : 204, done).build();
  }

  /// The answer to a DELETE.
  ///
  /// @param conditional whether the client stated a condition
  /// @throws Refusal unless it was done
  static Response ofDelete(boolean conditional, Outcome outcome) {
    Outcome.Done done =
        done(outcome, conditional ? WriteAnswers::preconditionFailed : WriteAnswers::notFound);
    return Response.status(204).header(ACKNOWLEDGEMENTS, done.acknowledgements()).build();
  }

  private static Outcome.Done done(Outcome outcome, Function<Optional<Record>, Problem> refused) {
    return switch (outcome) {
      case Outcome.Done done -> done;
      case Outcome.Refused(Optional<Record> current) ->
          throw new Refusal(refused.apply(current).current(current.map(Record::version)));
      case Outcome.NotDone(var reason) -> throw Failures.notDone(reason);
      case Outcome.Unknown(var reason) -> throw Failures.unknown(reason);
      case Outcome.Found _, Outcome.Inspected _ ->
          throw new IllegalStateException("A write ended as only a read can: " + outcome);
    };
  }

  private static ResponseBuilder written(int status, Outcome.Done done) {
    return Response.status(status)
        .header(HttpHeaders.ETAG, EntityTags.write(done.version()))
        .header(ACKNOWLEDGEMENTS, done.acknowledgements());
  }

  private static Problem exists(Optional<Record> current) {
    return Problem.of(ProblemKind.ALREADY_EXISTS, "The key has a value already; it was kept.");
  }

  private static Problem preconditionFailed(Optional<Record> current) {
    return Problem.of(
        ProblemKind.PRECONDITION_FAILED,
        current.isPresent()
            ? "The key has a value that the condition does not allow; it was kept."
            : "The key has no value, and the condition asks for one.");
  }

  private static Problem notFound(Optional<Record> current) {
    return Problem.of(ProblemKind.NOT_FOUND, "The key has no value to delete.");
  }
}
