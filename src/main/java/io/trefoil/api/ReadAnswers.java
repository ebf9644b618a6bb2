package io.trefoil.api;

import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Value;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// How the outcome of one GET or HEAD is answered: 200 with the value, 304 to a reader that has it,
/// or a problem.
///
/// @param http the request, whose answer takes the value's media type as it was stored
/// @param consistency how sure the reader asked the answer to be
/// @param held what the reader has already
record ReadAnswers(RoutingContext http, Consistency consistency, Optional<EntityTags> held) {

  /// Marks an answer that may be stale.
  static final String CONSISTENCY = "Trefoil-Consistency";

  /// Keeps the framework from negotiating: a value has the one form in which it was stored.
  private static final MediaType ANYTHING = MediaType.APPLICATION_OCTET_STREAM_TYPE;

  /// IMF-fixdate (RFC 9110 §5.6.7).
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// Answers.
  ///
  /// @throws Refusal for whatever is not a value
  Response of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found(Optional<Record> found) -> found(found);
      case Outcome.NotDone(var reason) -> throw Failures.notDone(reason);
      case Outcome.Unknown(var reason) -> throw Failures.unread(reason);
      case Outcome.Done _, Outcome.Refused _, Outcome.Inspected _ ->
          throw new IllegalStateException("A read ended as only a write can: " + outcome);
    };
  }

  private Response found(Optional<Record> found) {
    if (consistency == Consistency.ONE) {
      http.response().putHeader(CONSISTENCY, "one");
    }
    Record record = found.orElseThrow(ReadAnswers::notFound);
    Value value = record.value().orElseThrow(ReadAnswers::notFound);
    if (Conditions.has(held, record)) {
      return describing(304, record).build();
    }
    FrontDoor.typeOfAnswer(http, value.contentType());
    return http.request().method() == HttpMethod.HEAD
        ? describing(200, record).header(HttpHeaders.CONTENT_LENGTH, value.bytes().length).build()
        : safe(describing(200, record)).type(ANYTHING).entity(value.bytes()).build();
  }

  private static ResponseBuilder describing(int status, Record record) {
    return Response.status(status)
        .header(HttpHeaders.ETAG, EntityTags.write(record.version()))
        .header(
            HttpHeaders.LAST_MODIFIED,
            HTTP_DATE.format(Instant.ofEpochMilli(record.version().millis())));
  }

  /// A browser must neither guess at what a value is nor run it: it would run with the rights of
  /// the console, which has the same origin.
  private static ResponseBuilder safe(ResponseBuilder answer) {
    return answer
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "sandbox");
  }

  private static Refusal notFound() {
    return new Refusal(Problem.of(ProblemKind.NOT_FOUND, "The key has no value."));
  }
}
